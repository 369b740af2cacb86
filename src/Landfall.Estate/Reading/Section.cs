using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Reading;

/// <summary>
/// A mapping of a file, read key by key. Each reader reports what is wrong and gives a neutral value, so that one pass
/// finds every problem. The keys that were asked for are the known ones.
/// </summary>
/// <param name="context">Where problems go.</param>
/// <param name="mapping">The mapping.</param>
/// <param name="what">What it declares, for messages: "The pool", "The table 'a'".</param>
/// <param name="standard">
/// Whether a published standard rules the file instead of us: null values are absent and booleans have YAML's
/// spellings.
/// </param>
public sealed partial class Section(LoadContext context, YamlMapping mapping, string what, bool standard = false)
{
    private readonly HashSet<string> _known = [];

    /// <summary>Where problems go.</summary>
    public LoadContext Context { get; } = context;

    /// <summary>Where the mapping begins.</summary>
    public SourceLocation Location => mapping.Location;

    /// <summary>What the mapping declares, for messages.</summary>
    public string What { get; } = what;

    private DiagnosticBag Diagnostics => Context.Diagnostics;

    /// <summary>Whether a key has a value.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Where a key's value stands; where the mapping begins when it has none.</summary>
    public SourceLocation Place(string key) => Find(key)?.Location ?? Location;

    /// <summary>A key's value; null when absent or empty.</summary>
    public YamlValue? Find(string key)
    {
        _ = _known.Add(key);
        YamlValue? value = mapping.Find(key)?.Value;
        bool absent = value is null or { IsEmpty: true }
            || (standard && value is YamlScalar { Plain: true, Text: "null" or "Null" or "NULL" or "~" });
        return absent ? null : value;
    }

    /// <summary>A key's value; a missing one is reported.</summary>
    public YamlValue? Require(string key)
    {
        if (Find(key) is { } value)
        {
            return value;
        }

        if (mapping.Find(key) is { } empty)
        {
            Diagnostics.Error("LF1013", empty.Key.Location, $"{What} has no value for '{key}'.");
        }
        else
        {
            string? close = Spelling.Closest(
                key, mapping.Entries.Select(e => e.Key.Text).Where(k => !_known.Contains(k)));
            Diagnostics.Error(
                "LF1013", Location, $"{What} lacks the key '{key}'.",
                close is null ? $"Add '{key}: …'." : $"Is '{close}' meant?");
        }

        return null;
    }

    /// <summary>Reports keys that nothing has asked for.</summary>
    public void Close()
    {
        foreach (YamlEntry entry in mapping.Entries.Where(e => !_known.Contains(e.Key.Text)))
        {
            Diagnostics.Error(
                "LF1012", entry.Key.Location, $"{What} has no key '{entry.Key.Text}'.",
                Spelling.Hint(entry.Key.Text, _known));
        }
    }

    /// <summary>Reports keys that have no meaning here.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="needs">What they would need, for example "a cursor".</param>
    public void Refuse(IEnumerable<string> keys, string needs)
    {
        foreach (string key in keys.Where(Has))
        {
            Diagnostics.Error(
                "LF1048", Place(key), $"'{key}' has no meaning here: it needs {needs}.", "Remove it.");
        }
    }

    /// <summary>The keys that are not among some.</summary>
    public IEnumerable<YamlScalar> KeysBut(ImmutableArray<string> known) =>
        mapping.Entries.Select(e => e.Key).Where(k => !known.Contains(k.Text));

    /// <summary>Checks <c>apiVersion</c> and <c>kind</c>.</summary>
    public void Header(string kind, ImmutableArray<string> versions)
    {
        if (Scalar("apiVersion", required: true) is { } version && !versions.Contains(version.Text))
        {
            Diagnostics.Error(
                "LF1017", version.Location, $"The apiVersion '{version.Text}' is not known.",
                $"Write {string.Join(", ", versions)}.");
        }

        if (Scalar("kind", required: true) is { } found && found.Text != kind)
        {
            Diagnostics.Error(
                "LF1018", found.Location, $"The kind is '{found.Text}'.", $"Write '{kind}' in this file.");
        }
    }

    /// <summary>A nested mapping; null when absent or of another shape.</summary>
    public Section? Nested(string key, string name, bool required = true) =>
        (required ? Require(key) : Find(key)) is { } value ? AsSection(value, name) : null;

    /// <summary>A value as a mapping; null with a diagnostic when it has another shape.</summary>
    public Section? AsSection(YamlValue value, string name)
    {
        if (value is YamlMapping nested)
        {
            return new(Context, nested, name, standard);
        }

        Diagnostics.Error("LF1011", value.Location, $"{name} is {value.Shape}.", "Write keys with values.");
        return null;
    }

    /// <summary>The values of a list; empty when absent.</summary>
    public ImmutableArray<YamlValue> Items(string key, bool required = true)
    {
        YamlValue? value = required ? Require(key) : Find(key);
        switch (value)
        {
            case null:
                return [];
            case YamlSequence list:
                return list.Items;
            default:
                Diagnostics.Error("LF1011", value.Location, $"'{key}' is {value.Shape}.", "Write a list: [a, b].");
                return [];
        }
    }

    /// <summary>The mappings of a list.</summary>
    public IEnumerable<Section> Sections(string key, string name, bool required = true) =>
        Items(key, required).Select(i => AsSection(i, name)).OfType<Section>();

    /// <summary>The entries of a nested mapping with keys of the author's choice.</summary>
    public ImmutableArray<YamlEntry> Entries(string key, bool required = true)
    {
        YamlValue? value = required ? Require(key) : Find(key);
        switch (value)
        {
            case null:
                return [];
            case YamlMapping map:
                return map.Entries;
            default:
                Diagnostics.Error("LF1011", value.Location, $"'{key}' is {value.Shape}.", "Write keys with values.");
                return [];
        }
    }
}

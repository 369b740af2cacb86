using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Contracts;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Types;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>
/// Reads the arguments of a library metric. An argument that the metric does not have, or that cannot say anything of
/// its column, is an error: the rule would measure something else than its author thinks.
/// </summary>
/// <param name="section">The rule.</param>
/// <param name="metric">Its metric.</param>
/// <param name="columns">The columns of its table.</param>
internal sealed class QualityArguments(Section section, string metric, ImmutableArray<ContractColumn> columns)
{
    private const string Properties = "properties";
    private const string MissingValues = "missingValues";
    private const string ValidValues = "validValues";
    private const string PatternKey = "pattern";

    private static readonly ImmutableArray<string> _all = [MissingValues, PatternKey, Properties, ValidValues];

    /// <summary>
    /// Adds the arguments to a rule. A list of missing values that names null alone makes it the metric of nulls, which
    /// is what it then counts.
    /// </summary>
    /// <param name="rule">The rule, with its name and metric.</param>
    /// <param name="column">The column that the rule stands below; null for the table.</param>
    public QualityRule AddTo(QualityRule rule, string? column)
    {
        bool misplaced = RefuseMisplaced();
        Section? arguments = section.Nested("arguments", "The arguments", required: false);
        ImmutableArray<string> known = Known();
        foreach (YamlScalar key in arguments?.KeysBut(known) ?? [])
        {
            section.Context.Diagnostics.Error(
                "LF1065", key.Location, $"The metric {metric} has no argument '{key.Text}'.",
                known.IsEmpty ? "Remove it." : Spelling.Hint(key.Text, known));
        }

        ImmutableArray<string> about = Columns(known.Contains(Properties) ? arguments : null, column);
        ImmutableArray<string>? missing =
            known.Contains(MissingValues) ? Values(arguments, MissingValues, about) : null;
        ImmutableArray<string> valid =
            (known.Contains(ValidValues) ? Values(arguments, ValidValues, about) : null) ?? [];
        string pattern = known.Contains(PatternKey) ? arguments?.TextOr(PatternKey, "") ?? "" : "";
        if (metric == "invalidValues" && pattern.Length == 0 && arguments?.Has(ValidValues) != true && !misplaced)
        {
            Bad("metric", "The rule does not say which values are valid.",
                "Add arguments: { validValues: [a, b] } or { pattern: '…' }.");
        }

        CheckPattern(pattern);
        return rule with
        {
            Metric = metric == "missingValues" && missing is { IsEmpty: true } ? "nullValues" : metric,
            Columns = about,
            ValidValues = valid,
            MissingValues = missing ?? [],
            Pattern = pattern,
        };
    }

    private ImmutableArray<string> Known() => metric switch
    {
        "nullValues" or "duplicateValues" => [Properties],
        "missingValues" => [MissingValues, Properties],
        "invalidValues" => _all,
        _ => [],
    };

    private bool RefuseMisplaced()
    {
        string[] misplaced = [.. _all.Where(section.Has)];
        foreach (string key in misplaced)
        {
            Bad(key, $"'{key}' stands beside the metric, where it means nothing.", $"Write arguments: {{ {key}: … }}.");
        }

        return misplaced.Length > 0;
    }

    private ImmutableArray<string> Columns(Section? arguments, string? column)
    {
        ImmutableArray<YamlScalar> listed = arguments?.Scalars(Properties, required: false) ?? [];
        string[] names = [.. columns.Select(c => c.Name)];
        foreach (YamlScalar unknown in listed.Where(l => !names.Contains(l.Text)))
        {
            section.Context.Diagnostics.Error(
                "LF1044", unknown.Location, $"The table has no column '{unknown.Text}'.",
                Spelling.Hint(unknown.Text, names));
        }

        ImmutableArray<string> about =
            !listed.IsEmpty ? [.. listed.Select(l => l.Text)] : column is null ? [] : [column];
        if (about.IsEmpty && metric != "rowCount")
        {
            Bad("metric", $"The metric {metric} has no column.",
                "Put the rule below a column, or add arguments: { properties: [column] }.");
        }
        else if (about.Length > 1 && metric != "duplicateValues")
        {
            Bad("arguments", $"The metric {metric} is about one column, and the rule names {about.Length}.",
                "Write a rule for each column.");
        }

        return about;
    }

    /// <summary>The values of a list without null; null where there is no list.</summary>
    private ImmutableArray<string>? Values(Section? arguments, string key, ImmutableArray<string> about)
    {
        if (arguments is null || !arguments.Has(key))
        {
            return null;
        }

        ImmutableArray<YamlValue> items = arguments.Items(key);
        YamlScalar[] values =
        [
            .. items.Select(i => arguments.AsScalar(i, key)).OfType<YamlScalar>()
                .Where(s => !s.Plain || s.Text is not ("" or "null" or "Null" or "NULL" or "~")),
        ];
        bool says = !items.IsEmpty && (values.Length > 0 || key == MissingValues);
        if (!says && arguments.Find(key) is YamlSequence)
        {
            section.Context.Diagnostics.Error(
                "LF1065", arguments.Place(key), $"The list '{key}' names no value.",
                key == MissingValues ? "Remove it to count null and empty text." : "Name at least one beside null.");
        }

        DataType? type = columns.FirstOrDefault(c => about.Contains(c.Name))?.Type;
        foreach (YamlScalar value in values)
        {
            RequireOfType(value, type);
        }

        return [.. values.Select(v => v.Text)];
    }

    /// <summary>A value that the column cannot have counts nothing, and hides that it was meant otherwise.</summary>
    private void RequireOfType(YamlScalar value, DataType? type)
    {
        if (type is null || ContractValue.TryRead(type, value.Text, out _))
        {
            return;
        }

        bool listable = type.Kind is not (TypeKind.Binary or TypeKind.Array or TypeKind.Struct);
        section.Context.Diagnostics.Error(
            "LF1065", value.Location, $"The column is {type} and cannot have the value '{value.Text}'.",
            listable ? $"Write {ContractValue.Form(type)}, or remove it." : "Write the rule as sql.");
    }

    private void CheckPattern(string pattern)
    {
        try
        {
            // Our engines match with RE2, which like this option has no backreferences and no lookaround.
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            Bad("arguments", $"The pattern '{pattern}' cannot be used.",
                "Write a regular expression without backreferences and lookaround.");
        }
    }

    private void Bad(string key, string message, string? hint) =>
        section.Context.Diagnostics.Error("LF1065", section.Place(key), message, hint);
}

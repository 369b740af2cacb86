using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Names;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Reading;

/// <summary>
/// Typed values. Plain text is text; numbers and booleans must be plain and are read by our rules, not YAML's.
/// </summary>
public sealed partial class Section
{
    /// <summary>Text of at least one character; empty (and reported) when missing.</summary>
    public string Text(string key) => NotBlank(Scalar(key, required: true), key);

    /// <summary>Text, or the default when absent.</summary>
    public string TextOr(string key, string absent) => Scalar(key, required: false)?.Text ?? absent;

    /// <summary>Text of at least one character; null when absent.</summary>
    public string? OptionalText(string key) =>
        Scalar(key, required: false) is { } scalar ? NotBlank(scalar, key) : null;

    /// <summary>Text that matches a pattern; empty (and reported) otherwise.</summary>
    public string Matching(string key, Regex pattern, string right)
    {
        string text = Text(key);
        if (text.Length == 0 || pattern.IsMatch(text))
        {
            return text;
        }

        Diagnostics.Error("LF1014", Place(key), $"'{text}' is no value of '{key}'.", $"Write {right}.");
        return "";
    }

    /// <summary>An id; empty (and reported) when it breaks the rules of ids.</summary>
    public string Id(string key) => Scalar(key, required: true) is { } scalar ? IdOf(scalar) : "";

    /// <summary>A scalar as an id; empty (and reported) when it breaks the rules of ids.</summary>
    public string IdOf(YamlScalar scalar)
    {
        if (EstateNames.IsId(scalar.Text))
        {
            return scalar.Text;
        }

        string? better = EstateNames.Suggest(scalar.Text, '-');
        Diagnostics.Error(
            "LF1019", scalar.Location, $"'{scalar.Text}' is no id.",
            "Ids are lower-case letters and digits in words joined by '-', begin with a letter and have at most "
            + $"{EstateLimits.IdLength} characters{(better is null ? "." : $": '{better}'.")}");
        return "";
    }

    /// <summary>One of a few words; null (and reported) otherwise.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices, bool required = true)
        where T : struct =>
        Scalar(key, required) is { } scalar && Known(scalar, key, choices.Keys) ? choices[scalar.Text] : null;

    /// <summary>One of a few words; empty (and reported) otherwise.</summary>
    public string Word(string key, ImmutableArray<string> words) =>
        Scalar(key, required: true) is { } scalar && Known(scalar, key, words) ? scalar.Text : "";

    /// <summary>A list of texts, each once; wrong and repeated ones are reported and left out.</summary>
    public ImmutableArray<YamlScalar> Scalars(string key, bool required = true)
    {
        var seen = new HashSet<string>();
        ImmutableArray<YamlScalar>.Builder all = ImmutableArray.CreateBuilder<YamlScalar>();
        foreach (YamlValue item in Items(key, required))
        {
            if (AsScalar(item, key) is not { } scalar || NotBlank(scalar, key).Length == 0)
            {
                continue;
            }

            if (seen.Add(scalar.Text))
            {
                all.Add(scalar);
            }
            else
            {
                Diagnostics.Error("LF1022", scalar.Location, $"'{scalar.Text}' is twice in '{key}'.", "Remove one.");
            }
        }

        return all.ToImmutable();
    }

    /// <summary>A list of a few words.</summary>
    public ImmutableArray<string> Words(string key, ImmutableArray<string> words, bool required = true) =>
        [.. Scalars(key, required).Where(s => Known(s, key, words)).Select(s => s.Text)];

    /// <summary>true or false; the default when absent.</summary>
    public bool Boolean(string key, bool absent)
    {
        if (Scalar(key, required: false) is not { } scalar)
        {
            return absent;
        }

        string text = standard ? Folded(scalar.Text) : scalar.Text;
        return scalar.Plain && text is "true" or "false"
            ? text == "true"
            : Wrong(scalar, key, "true or false, without quotes", absent);
    }

    /// <summary>A whole number within bounds; the default when absent (required when there is none).</summary>
    public long Integer(string key, long low, long high, long? absent = null) =>
        Scalar(key, absent is null) is { } scalar ? IntegerOf(scalar, key, low, high) : absent ?? low;

    /// <summary>A scalar as a whole number within bounds.</summary>
    public long IntegerOf(YamlScalar scalar, string key, long low, long high) =>
        scalar.Plain && Quantities.TryInteger(scalar.Text, out long value)
            ? Within(scalar, key, value, low, high, $"{low} to {high}")
            : Wrong(scalar, key, "a whole number in digits, without quotes", low);

    /// <summary>
    /// A number within bounds, without exponent; the default when absent (required when there is none).
    /// </summary>
    public decimal Decimal(string key, decimal low, decimal high, decimal? absent = null) =>
        Scalar(key, absent is null) is { } scalar ? DecimalOf(scalar, key, low, high) : absent ?? low;

    /// <summary>A scalar as a number within bounds.</summary>
    public decimal DecimalOf(YamlScalar scalar, string key, decimal low, decimal high) =>
        scalar.Plain && Quantities.TryDecimal(scalar.Text, out decimal value)
            ? Within(scalar, key, value, low, high, $"{low:0.###} to {high:0.###}")
            : Wrong(scalar, key, "a number in digits such as 0.25, without quotes or exponent", low);

    /// <summary>A size in bytes within bounds.</summary>
    public long Size(string key, long low, long high) =>
        Scalar(key, required: true) is not { } scalar ? low
        : Quantities.TrySize(scalar.Text, out long bytes)
            ? Within(scalar, key, bytes, low, high, $"{low >> 20:N0}MiB to {high >> 40:N0}TiB")
            : Wrong(scalar, key, "a size such as 512MiB or 2GiB (KiB, MiB, GiB or TiB)", low);

    /// <summary>A duration in seconds within bounds.</summary>
    public long Duration(string key, long low, long high) =>
        Scalar(key, required: true) is not { } scalar ? low
        : Quantities.TryDuration(scalar.Text, out long seconds)
            ? Within(scalar, key, seconds, low, high, $"{low}s to {high / 86_400}d")
            : Wrong(scalar, key, "a duration such as 45s, 30m, 2h or 1h30m", low);

    /// <summary>A key's value as text of any kind; null when absent or of another shape.</summary>
    public YamlScalar? Scalar(string key, bool required) =>
        (required ? Require(key) : Find(key)) is { } value ? AsScalar(value, key) : null;

    /// <summary>A value as text; null with a diagnostic when it has another shape.</summary>
    public YamlScalar? AsScalar(YamlValue value, string key)
    {
        if (value is YamlScalar scalar)
        {
            return scalar;
        }

        Diagnostics.Error("LF1011", value.Location, $"'{key}' is {value.Shape}.", "Write a single value.");
        return null;
    }

    /// <summary>Reports a value that its key cannot have.</summary>
    public T Wrong<T>(YamlScalar scalar, string key, string right, T neutral)
    {
        Diagnostics.Error("LF1014", scalar.Location, $"'{scalar.Text}' is no value of '{key}'.", $"Write {right}.");
        return neutral;
    }

    private static string Folded(string text) =>
        text is "True" or "TRUE" ? "true" : text is "False" or "FALSE" ? "false" : text;

    private string NotBlank(YamlScalar? scalar, string key)
    {
        if (scalar is null || !string.IsNullOrWhiteSpace(scalar.Text))
        {
            return scalar?.Text ?? "";
        }

        Diagnostics.Error("LF1014", scalar.Location, $"The text of '{key}' is empty.", "Write at least one character.");
        return "";
    }

    private bool Known(YamlScalar scalar, string key, IEnumerable<string> words)
    {
        if (words.Contains(scalar.Text))
        {
            return true;
        }

        Diagnostics.Error(
            "LF1016", scalar.Location, $"'{scalar.Text}' is no value of '{key}'.", Spelling.Hint(scalar.Text, words));
        return false;
    }

    private T Within<T>(YamlScalar scalar, string key, T value, T low, T high, string bounds)
        where T : IComparable<T>
    {
        if (value.CompareTo(low) >= 0 && value.CompareTo(high) <= 0)
        {
            return value;
        }

        Diagnostics.Error(
            "LF1015", scalar.Location, $"'{scalar.Text}' is out of range for '{key}'.", $"Write {bounds}.");
        return low;
    }
}

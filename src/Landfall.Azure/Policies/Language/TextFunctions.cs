using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Landfall.Azure.Policies.Language;

/// <summary>Functions of texts.</summary>
internal static class TextFunctions
{
    /// <summary>The namespace of the GUIDs that templates make of texts, by the bytes of its text.</summary>
    private static readonly Guid Names = new("11fb06fb-712d-4ddd-98c7-e71bbd588830");

    /// <summary>By name.</summary>
    public static IEnumerable<KeyValuePair<string, PolicyFunction>> All { get; } =
    [
        Of("toLower", t => t.ToLowerInvariant()),
        Of("toUpper", t => t.ToUpperInvariant()),
        Of("trim", t => t.Trim()),
        Of("base64", t => Convert.ToBase64String(Encoding.UTF8.GetBytes(t))),
        Of("base64ToString", FromBase64),
        Of("dataUri", t =>
            $"data:text/plain;charset=utf-8;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(t))}"),
        Of("dataUriToString", FromDataUri),
        Of("uriComponent", Uri.EscapeDataString),
        Of("uriComponentToString", Uri.UnescapeDataString),
        PolicyFunctions.Strict("base64ToJson", 1, 1, v => PolicyFunctions.Parsed(
            FromBase64(PolicyFunctions.AsText(v[0])))),
        PolicyFunctions.Deep("string", 1, 1, v => new PolicyValue.Text(PolicyFunctions.AsJson(v[0]))),
        PolicyFunctions.Strict("endsWith", 2, 2, v => new PolicyValue.Flag(PolicyFunctions.AsText(v[0])
            .EndsWith(PolicyFunctions.AsText(v[1]), StringComparison.OrdinalIgnoreCase))),
        PolicyFunctions.Strict("startsWith", 2, 2, v => new PolicyValue.Flag(PolicyFunctions.AsText(v[0])
            .StartsWith(PolicyFunctions.AsText(v[1]), StringComparison.OrdinalIgnoreCase))),
        PolicyFunctions.Deep("format", 1, int.MaxValue, Format),
        PolicyFunctions.Deep("join", 2, 2, Join),
        PolicyFunctions.Strict("padLeft", 2, 3, PadLeft),
        PolicyFunctions.Strict("replace", 3, 3, Replace),
        PolicyFunctions.Deep("split", 2, 2, Split),
        PolicyFunctions.Strict("substring", 2, 3, Substring),
        PolicyFunctions.Strict("uri", 2, 2, Combine),
        PolicyFunctions.Strict("guid", 1, int.MaxValue, v => new PolicyValue.Text(
            GuidOf(string.Join('-', v.Select(PolicyFunctions.AsText))).ToString())),
        PolicyFunctions.Strict("uniqueString", 1, int.MaxValue, v => new PolicyValue.Text(
            UniqueString.Of(v.Select(PolicyFunctions.AsText)))),
        PolicyFunctions.Strict("addDays", 2, 2, AddDays),
    ];

    /// <summary>A GUID made of a text. Source: RFC 9562, version 5.</summary>
    private static Guid GuidOf(string text)
    {
        byte[] bytes = [.. Names.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(text)];
#pragma warning disable CA5350 // The format says SHA-1; it protects nothing.
        byte[] hash = SHA1.HashData(bytes);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private static KeyValuePair<string, PolicyFunction> Of(string name, Func<string, string> apply) =>
        PolicyFunctions.Strict(name, 1, 1, v => new PolicyValue.Text(apply(PolicyFunctions.AsText(v[0]))));

    private static string FromBase64(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw new PolicyFailure("its text is no base64");
        }
    }

    private static string FromDataUri(string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || comma < 0
            ? throw new PolicyFailure("its text is no data URI")
            : text[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
                ? FromBase64(text[(comma + 1)..])
                : Uri.UnescapeDataString(text[(comma + 1)..]);
    }

    private static PolicyValue Format(ImmutableArray<PolicyValue> values)
    {
        object?[] arguments = [.. values[1..].Select(v => v switch
        {
            PolicyValue.Number number => (object)number.Value,
            PolicyValue.Nothing => "",
            _ => PolicyFunctions.AsJson(v),
        })];
        try
        {
            return new PolicyValue.Text(PolicyLimits.Builder().AppendFormat(
                CultureInfo.InvariantCulture, PolicyFunctions.AsText(values[0]), arguments).ToString());
        }
        catch (FormatException)
        {
            throw new PolicyFailure("its format asks for what it is not given");
        }
        catch (ArgumentOutOfRangeException)
        {
            throw PolicyLimits.TooLong();
        }
    }

    private static PolicyValue Join(ImmutableArray<PolicyValue> values)
    {
        try
        {
            return new PolicyValue.Text(PolicyLimits.Builder().AppendJoin(
                PolicyFunctions.AsText(values[1]), PolicyFunctions.AsList(values[0]).Select(PolicyFunctions.Written))
                .ToString());
        }
        catch (ArgumentOutOfRangeException)
        {
            throw PolicyLimits.TooLong();
        }
    }

    /// <summary>As a browser follows a link.</summary>
    private static PolicyValue Combine(ImmutableArray<PolicyValue> values) =>
        Uri.TryCreate(PolicyFunctions.AsText(values[0]), UriKind.Absolute, out Uri? start)
        && Uri.TryCreate(start, PolicyFunctions.AsText(values[1]), out Uri? whole)
            ? new PolicyValue.Text(whole.ToString())
            : throw new PolicyFailure("it is given no URI");

    private static PolicyValue PadLeft(ImmutableArray<PolicyValue> values)
    {
        int width = PolicyFunctions.AsInteger(values[1]);
        string pad = values.Length > 2 ? PolicyFunctions.AsText(values[2]) : " ";
        return width is >= 0 and <= PolicyLimits.LongestText && pad.Length == 1
            ? new PolicyValue.Text(PolicyFunctions.Written(values[0]).PadLeft(width, pad[0]))
            : throw new PolicyFailure("it pads with one character to at most 131072");
    }

    private static PolicyValue Replace(ImmutableArray<PolicyValue> values)
    {
        string old = PolicyFunctions.AsText(values[1]);
        if (old.Length == 0)
        {
            throw new PolicyFailure("it has nothing to replace");
        }

        try
        {
            return new PolicyValue.Text(PolicyLimits.Builder().Append(PolicyFunctions.AsText(values[0]))
                .Replace(old, PolicyFunctions.AsText(values[2])).ToString());
        }
        catch (ArgumentOutOfRangeException)
        {
            throw PolicyLimits.TooLong();
        }
    }

    private static PolicyValue Split(ImmutableArray<PolicyValue> values)
    {
        string[] separators = values[1] is PolicyValue.List list
            ? [.. list.Items.Select(PolicyFunctions.AsText)]
            : [PolicyFunctions.AsText(values[1])];
        string text = PolicyFunctions.AsText(values[0]);
        return new PolicyValue.List([.. text.Split(separators, StringSplitOptions.None)
            .Select(t => new PolicyValue.Text(t))]);
    }

    private static PolicyValue Substring(ImmutableArray<PolicyValue> values)
    {
        string text = PolicyFunctions.AsText(values[0]);
        int start = PolicyFunctions.AsInteger(values[1]);
        int length = values.Length > 2 ? PolicyFunctions.AsInteger(values[2]) : text.Length - start;
        return start < 0 || length < 0 || (long)start + length > text.Length
            ? throw new PolicyFailure($"a text of {text.Length} characters has no such part")
            : new PolicyValue.Text(text.Substring(start, length));
    }

    private static PolicyValue AddDays(ImmutableArray<PolicyValue> values)
    {
        DateTimeOffset date = Comparison.Date(PolicyFunctions.AsText(values[0]))
            ?? throw new PolicyFailure("its text is no date");
        try
        {
            return new PolicyValue.Text(date.AddDays(PolicyFunctions.AsInteger(values[1])).UtcDateTime
                .ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new PolicyFailure("its date is beyond the calendar");
        }
    }
}

using System.Collections.Immutable;

namespace Landfall.Engine.Formats;

/// <summary>Says what the rules of the quarantine mean and what makes rows keep them.</summary>
public static class RuleAdvice
{
    private static readonly ImmutableSortedDictionary<string, (string Meaning, string Remedy)> _rules =
        new Dictionary<string, (string Meaning, string Remedy)>
        {
            [Rules.Malformed] = (
                "the record cannot be read: a quotation mark out of place, another number of fields, or no UTF-8",
                "have the source write the format as it is defined, in UTF-8"),
            [Rules.Required] = (
                "a required column is null", "have the source send it, or make it not required in the contract"),
            [Rules.Type] = (
                "the value is none of the column's type", "correct logicalType in the contract, or the source"),
            [Rules.Precision] = (
                "the value has more digits than the type keeps", "give the contract's type more digits"),
            [Rules.NotFinite] = (
                "the number is NaN or infinite", "have the source send null, or make the column a string"),
            [Rules.Range] = (
                "the date is outside the years 1 to 9999", "correct the source, or make the column a string"),
            [Rules.NoOffset] = (
                "the timestamp has no offset", "write the zone it is of as the table's sourceTimeZone"),
            [Rules.Gap] = (
                "clocks went past this local time", "have the source send offsets"),
            [Rules.TooLong] = (
                "the record is longer than 64 MiB", "have the source split it"),
            [Rules.PrimaryKey] = (
                "an earlier row has the same primary key", "have the source send each key once, or choose another key"),
            [Rules.Unique] = (
                "an earlier row has the same value of a unique column",
                "correct the source, or unique in the contract"),
            [Rules.Unreadable] = (
                "the file as a whole cannot be read as its format", "have the source send the file again"),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What a rule says of a row that broke it, a clause; empty for a rule that is not known.</summary>
    public static string Meaning(string rule) => _rules.TryGetValue(rule, out var of) ? of.Meaning : "";

    /// <summary>What to do about broken rules, a sentence each and a blank behind it.</summary>
    public static string Remedies(IEnumerable<string> rules) => string.Concat(rules
        .Where(_rules.ContainsKey).Select(r => $"For {r}, {_rules[r].Remedy}. "));
}

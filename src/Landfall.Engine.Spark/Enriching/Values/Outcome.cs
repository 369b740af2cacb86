using Landfall.Engine.Formats;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>
/// What becomes of a text: a struct of the value <c>v</c>, null where there is none, and the rule <c>r</c> that the
/// text breaks, null where it is whole.
/// </summary>
internal static class Outcome
{
    /// <summary>A value.</summary>
    public static string Value(string value) => $"named_struct('v', {value}, 'r', cast(null as string))";

    /// <summary>A value, unless a rule that is not null is broken.</summary>
    public static string Of(string value, string rule) => $"named_struct('v', {value}, 'r', {rule})";

    /// <summary>A broken rule.</summary>
    /// <param name="type">The type of the value that there is not, as Spark names it.</param>
    /// <param name="rule">The rule's name.</param>
    public static string Broken(string type, string rule) =>
        $"named_struct('v', cast(null as {type}), 'r', {SparkSql.Text(rule)})";

    /// <summary>A text that is no value of its type.</summary>
    public static string None(string type, string text) =>
        $"named_struct('v', cast(null as {type}), 'r', {Spellings.NoValue(text)})";

    /// <summary>A text with more than its type keeps.</summary>
    public static string Inexact(string type) => Broken(type, Rules.Precision);
}

namespace Landfall.Sql.Macros;

/// <summary>The forms of texts that macros read as values.</summary>
internal static class Forms
{
    /// <summary>
    /// The condition, without the text it is about, that a text has a form as a whole: <c>whole</c>, <c>decimal</c>,
    /// <c>double</c>, <c>date</c> or <c>timestamp</c>, or <c>json</c> for the whole numbers of JSON that are read.
    /// </summary>
    public static string Matches(string form, SqlDialect dialect)
    {
        const string Date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
        string pattern = form switch
        {
            "whole" => "[-+]?[0-9]{1,38}",
            "decimal" => "[-+]?[0-9]{1,38}([.][0-9]{1,38})?",
            "double" => "[-+]?[0-9]{1,38}([.][0-9]{1,38})?([eE][-+]?[0-9]{1,3})?",
            "json" => "-?[0-9]{1,18}",
            "date" => Date,
            "timestamp" => Date + "[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?",
            _ => throw new InvalidOperationException($"There is no form {form}."),
        };
        string whole = $"^{pattern}$";
        return dialect == SqlDialect.Spark
            ? $"rlike {SqlText.Spark(PortablePattern.ForSpark(whole))}"
            : $"similar to {SqlText.Literal(pattern)}";
    }
}

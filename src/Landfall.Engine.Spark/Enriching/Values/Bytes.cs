namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>How texts of bytes are read: ASCII characters, and <c>\xFF</c> for a byte.</summary>
internal static class Bytes
{
    private const string Piece = @"\\x[0-9A-Fa-f]{2}|[\x00-\x5b\x5d-\x7f]";

    /// <summary>The outcome of a text for a column of bytes.</summary>
    public static string Outcomes(string text)
    {
        string pieces = $"regexp_extract_all({text}, {SparkSql.Text(Piece)}, 0)";
        string hex = $"transform({pieces}, c -> if(length(c) = 4, substr(c, 3), lpad(hex(c), 2, '0')))";
        return $"case when {SparkSql.Full(text, $"(?:{Piece})*+")} "
            + $"then {Outcome.Value($"unhex(array_join({hex}, ''))")} else {Outcome.None("binary", text)} end";
    }
}

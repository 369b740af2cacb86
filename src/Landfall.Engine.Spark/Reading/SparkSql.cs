using System.Text;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Reading;

/// <summary>Pieces of Spark's SQL.</summary>
internal static class SparkSql
{
    /// <summary>
    /// A text. Spark's lexer takes a backslash before a quotation mark for an escape even where texts have none, and
    /// older ones read two quotation marks as the end of one text and the begin of another: what is not plain travels
    /// as its bytes.
    /// </summary>
    public static string Literal(string text) => text.All(IsPlain)
        ? $"'{text}'"
        : $"decode(X'{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}', 'UTF-8')";

    /// <summary>A name.</summary>
    public static string Name(string name) => SqlName.Spark(name);

    /// <summary>A type.</summary>
    public static string Type(DataType type) => SqlTypes.Name(type, SqlDialect.Spark);

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('\'' or '\\');
}

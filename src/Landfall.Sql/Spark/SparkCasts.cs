using Landfall.Sql.Syntax;
using Landfall.Sql.Typing;

namespace Landfall.Sql.Spark;

/// <summary>Casts as Spark has to do them to answer what DuckDB answers.</summary>
internal static class SparkCasts
{
    /// <summary>The cast, with <c>{0}</c> for what is cast.</summary>
    /// <param name="cast">A CAST or TRY_CAST.</param>
    /// <param name="from">The type of what is cast.</param>
    public static string Template(SqlExpression cast, ExpressionType from)
    {
        string word = cast.IsTry ? "try_cast" : "cast";
        string type = CastRules.NameOf(cast);

        if (type == "string" && from.Kind == ValueKind.Date)
        {
            return SqlText.SparkDay("{0}");
        }

        // Spark goes by a double's shortest text, which 2.675 is and 2.67499… is not, and gives null for what is none.
        return cast.DataType == "DECIMAL" && from.IsDouble
            ? $"{word}({word}(round({{0}} * 1E{cast.Scale}D, 0) as bigint) * {SqlText.Unit(cast.Scale)} as {type})"
            : $"{word}({{0}} as {type})";
    }
}

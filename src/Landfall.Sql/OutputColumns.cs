using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Linting;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>The names of the columns a query puts out.</summary>
internal static class OutputColumns
{
    /// <summary>The names in order; empty when the text does not say.</summary>
    public static ImmutableArray<string> Of(SqlQuery query)
    {
        ImmutableArray<string> names = [.. First(query).Columns.Select(NameOf)];
        return names.Contains("") ? [] : names;
    }

    /// <summary>Where each named column stands; of two with the same name, the first.</summary>
    public static ImmutableDictionary<string, SourceLocation> Places(SqlQuery query, TextMap map) =>
        First(query).Columns
            .Where(c => NameOf(c).Length > 0)
            .DistinctBy(NameOf, StringComparer.OrdinalIgnoreCase)
            .ToImmutableDictionary(NameOf, c => map.Locate(SqlLinter.PlaceOf(c)), StringComparer.OrdinalIgnoreCase);

    /// <summary>The SELECT that names the columns: the query itself, or the first of a set operation.</summary>
    public static SqlQuery First(SqlQuery query)
    {
        while (query.Kind == SqlQueryKind.SetOperation && query.Sides.Length > 0)
        {
            query = query.Sides[0];
        }

        return query;
    }

    /// <summary>The name of one output column; empty when it has none of its own.</summary>
    public static string NameOf(SqlExpression column) =>
        column.Alias.Length > 0 ? column.Alias
        : column.Kind == ExpressionKind.Column && column.Parts.Length > 0 ? column.Parts[^1]
        : "";
}

using System.Collections.Immutable;
using System.Globalization;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Types;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>Holds the columns a query puts out against its contract.</summary>
internal static class ContractComparison
{
    /// <summary>Missing, extra and lossy columns.</summary>
    /// <param name="columns">What the query puts out.</param>
    /// <param name="contract">What it promises.</param>
    /// <param name="place">The place of an output column in the query, or of the query for an unknown name.</param>
    public static IEnumerable<Diagnostic> Check(
        ImmutableArray<BoundColumn> columns, ContractTable contract, Func<string, SourceLocation> place)
    {
        Dictionary<string, BoundColumn> bound = columns
            .DistinctBy(c => c.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        foreach (ContractColumn promised in contract.Columns)
        {
            Diagnostic? found = bound.Remove(promised.Name, out BoundColumn? column)
                ? CheckType(column, promised, place(promised.Name))
                : new(SqlCodes.MissingColumn, Severity.Error, place(""),
                    $"The contract of {contract.Name} has a column {promised.Name}, the query has not.",
                    Suggestion.Hint(promised.Name, columns.Select(c => c.Name)) ?? "Add it to the select list.");
            if (found is not null)
            {
                yield return found;
            }
        }

        foreach (BoundColumn extra in bound.Values)
        {
            yield return new(SqlCodes.ExtraColumn, Severity.Error, place(extra.Name),
                $"The query has a column {extra.Name}, the contract of {contract.Name} has not.",
                Suggestion.Hint(extra.Name, contract.Columns.Select(c => c.Name))
                    ?? "Add it to the contract, or take it out of the select list.");
        }
    }

    private static Diagnostic? CheckType(BoundColumn column, ContractColumn promised, SourceLocation at)
    {
        bool lossless = promised.Type.Kind switch
        {
            TypeKind.Boolean => column.EngineType == "BOOLEAN",
            TypeKind.Int or TypeKind.BigInt => IsInteger(column.EngineType),
            TypeKind.Decimal => IsInteger(column.EngineType) || ScaleOf(column.EngineType) is not null,
            TypeKind.Double => IsInteger(column.EngineType) || ScaleOf(column.EngineType) is not null
                || column.EngineType is "DOUBLE" or "FLOAT",
            TypeKind.String => column.EngineType == "VARCHAR",
            TypeKind.Binary => column.EngineType == "BLOB",
            TypeKind.Date => column.EngineType == "DATE",
            TypeKind.Timestamp => column.EngineType is "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE",
            _ => true,
        };
        if (!lossless)
        {
            return new(SqlCodes.LossyType, Severity.Error, at,
                $"The column {column.Name} is {Describe(column.EngineType)} and the contract says {promised.Type}.",
                $"Say how it converts: cast(… as {promised.Type}), or change the contract.");
        }

        return promised.Type.Kind == TypeKind.Decimal && ScaleOf(column.EngineType) > promised.Type.Scale
            ? new(SqlCodes.LossyType, Severity.Warning, at,
                $"The column {column.Name} has {ScaleOf(column.EngineType)} decimals"
                + $" and is rounded to {promised.Type}.",
                $"Say so with cast(… as {promised.Type}), or widen the contract.")
            : null;
    }

    private static string Describe(string engineType) => engineType.ToLowerInvariant();

    private static bool IsInteger(string type) =>
        type is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT"
            or "UINTEGER" or "UBIGINT";

    private static int? ScaleOf(string type) =>
        type.StartsWith("DECIMAL(", StringComparison.Ordinal)
        && int.TryParse(type.AsSpan(type.IndexOf(',') + 1).TrimEnd(')'), CultureInfo.InvariantCulture, out int scale)
            ? scale : null;
}

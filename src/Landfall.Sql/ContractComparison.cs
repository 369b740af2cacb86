using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Types;
using Landfall.Sql.Numbers;
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
        if (NumberType.Of(promised.Type) is { } wanted && NumberType.Parse(column.EngineType) is { } given)
        {
            return CheckNumber(column, given, wanted, promised, at);
        }

        bool lossless = promised.Type.Kind switch
        {
            TypeKind.Boolean => column.EngineType == "BOOLEAN",
            TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal or TypeKind.Double => false,
            TypeKind.String => column.EngineType == "VARCHAR",
            TypeKind.Binary => column.EngineType == "BLOB",
            TypeKind.Date => column.EngineType == "DATE",
            TypeKind.Timestamp => column.EngineType is "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE",
            _ => true,
        };
        return lossless ? null : Mismatch(column, promised, at);
    }

    /// <summary>
    /// Numbers that are rounded, or that fail the build where they do not fit, are warnings; what means something else
    /// is an error. A sum is as wide as there is, whatever is summed, and is left to the cast.
    /// </summary>
    private static Diagnostic? CheckNumber(
        BoundColumn column, NumberType given, NumberType wanted, ContractColumn promised, SourceLocation at)
    {
        if (wanted.IsDouble)
        {
            return given.FitsDouble
                ? null
                : new(SqlCodes.LossyType, Severity.Warning, at,
                    $"The column {column.Name} is {Describe(column.EngineType)} and is rounded to a double, which "
                    + $"keeps {NumberType.DoubleDigits} digits.",
                    given.IsDecimal ? "Make it a decimal in the contract." : "Make it a bigint in the contract.");
        }

        if (given.IsDouble || (given.IsDecimal && !wanted.IsDecimal))
        {
            return Mismatch(column, promised, at);
        }

        if (given.Scale > wanted.Scale)
        {
            return new(SqlCodes.LossyType, Severity.Warning, at,
                $"The column {column.Name} has {given.Scale} decimals and is rounded to {promised.Type}.",
                $"Say so with cast(… as {promised.Type}), or widen the contract.");
        }

        return given.IsWidest || given.Digits - given.Scale <= wanted.Digits - wanted.Scale
            ? null
            : new(SqlCodes.LossyType, Severity.Warning, at,
                $"The column {column.Name} is {Describe(column.EngineType)}, of which {promised.Type} does not hold "
                + "every value: a build fails at one that does not fit.",
                $"Say so with cast(… as {promised.Type}), or widen the contract.");
    }

    private static Diagnostic Mismatch(BoundColumn column, ContractColumn promised, SourceLocation at) =>
        new(SqlCodes.LossyType, Severity.Error, at,
            $"The column {column.Name} is {Describe(column.EngineType)} and the contract says {promised.Type}.",
            $"Say how it converts: cast(… as {promised.Type}), or change the contract.");

    private static string Describe(string engineType) => engineType.ToLowerInvariant();
}

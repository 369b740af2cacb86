using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Sql;

namespace Landfall.Engine.Analysis;

/// <summary>
/// Binds queries and patterns of quality rules to empty tables of the contracts, so that what cannot be measured is
/// found before anything runs.
/// </summary>
internal static class QualityRuleCheck
{
    /// <summary>Checks the rules of every table of an estate.</summary>
    /// <param name="frontEnd">Binds them.</param>
    /// <param name="estate">The estate, for places.</param>
    /// <param name="catalog">Its tables.</param>
    /// <param name="reads">What the SQL of products reads: their rules may name these tables.</param>
    /// <returns>An error for each rule that cannot be measured.</returns>
    public static IEnumerable<Diagnostic> Of(
        ISqlFrontEnd frontEnd, EstateDefinition estate, EstateCatalog catalog,
        IReadOnlyDictionary<TableName, ImmutableArray<TableName>> reads)
    {
        foreach (CatalogTable table in catalog.Tables.Where(t => t.Table.Quality.Any(IsFree)))
        {
            string unit = table.Kind == TableKind.Enriched ? "integration" : "product";
            string key = $"zone:{table.ZoneId}/{unit}:{table.UnitId}/contract/table:{table.Name.Table}";
            ImmutableArray<(TableName, ContractTable)> inputs =
            [
                .. reads.GetValueOrDefault(table.Name, [])
                    .Select(n => catalog.TryFind(n, out CatalogTable? input) ? input : null).OfType<CatalogTable>()
                    .Select(i => (i.Name, i.Table)),
            ];
            foreach (QualityRule rule in table.Table.Quality.Where(IsFree))
            {
                if (frontEnd.ProblemOf(rule, table.Table, inputs) is { } problem)
                {
                    yield return new(
                        "LF1065", Severity.Error, estate.Sources.Find($"{key}/quality:{rule.Name}"),
                        $"The quality rule {rule.Name} of {table.Name} cannot be measured: {problem}.",
                        rule.Metric == "sql" ? "Write a query of one number, such as select count(*) from ${table} …"
                            : "Write a regular expression of RE2.");
                }
            }
        }
    }

    /// <summary>Whether a rule holds text that only the engine can judge.</summary>
    private static bool IsFree(QualityRule rule) => rule.Metric == "sql" || rule.Pattern.Length > 0;
}

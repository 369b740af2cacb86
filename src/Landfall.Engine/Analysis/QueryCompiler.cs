using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Products;
using Landfall.Governance;
using Landfall.Sql;

namespace Landfall.Engine.Analysis;

/// <summary>
/// Turns a product table's SQL file into a definition: linted, its reads permitted, bound to contracts, compiled.
/// </summary>
/// <param name="frontEnd">Parses and binds SQL.</param>
/// <param name="estate">The estate.</param>
/// <param name="catalog">Its tables.</param>
/// <param name="now">The time at which agreements must hold.</param>
internal sealed class QueryCompiler(
    ISqlFrontEnd frontEnd, EstateDefinition estate, EstateCatalog catalog, DateTimeOffset now)
{
    private readonly SqlParser _parser = new(frontEnd);
    private readonly IReadOnlyDictionary<TableName, ContractTable> _tables =
        catalog.Tables.ToDictionary(t => t.Name, t => t.Table);

    /// <summary>What the SQL of each table reads, also of those that could not be compiled.</summary>
    public Dictionary<TableName, ImmutableArray<TableName>> Reads { get; } = [];

    /// <summary>Compiles one table; null and diagnostics where it cannot be.</summary>
    public BuildDefinition? Compile(
        Product product, ProductTable table, CatalogTable entry, List<Diagnostic> diagnostics)
    {
        SqlAnalysis analysis = SqlAnalyzer.Analyze(_parser, table.Sql, table.SqlFile, table.Incremental?.Column);
        Reads[entry.Name] = [.. analysis.Inputs.Select(i => i.Name)];
        List<Diagnostic> found = [.. analysis.Diagnostics];
        found.AddRange(analysis.Inputs.SelectMany(i => CheckAccess(entry, i)));
        IReadOnlyDictionary<TableName, ContractTable> tables = ReadableBy(entry, analysis);
        string? widened = null;
        SparkQuery? spark = null;
        if (!analysis.HasErrors)
        {
            SqlBinding binding = SqlBinder.Bind(frontEnd, analysis, tables, entry.Table);
            widened = binding.DuckDbQuery;
            spark = binding.SparkQuery;
            found.AddRange(Explain(binding.Diagnostics, entry, analysis, tables));
        }

        var sparkExpressions = ImmutableSortedDictionary.CreateBuilder<TableName, string>();
        IncrementalRule? rule = CompileRule(product, table, analysis, found, sparkExpressions);
        if (rule is not null && !found.Exists(d => d.Severity == Severity.Error))
        {
            found.AddRange(
                IncrementAnalyzer.Analyze(_parser, analysis, entry.Table, rule.Column, rule.Inputs, tables));
        }

        diagnostics.AddRange(found);
        if (found.Exists(d => d.Severity == Severity.Error))
        {
            return null;
        }

        IReadOnlyDictionary<TableName, string> expressions =
            rule?.Inputs ?? ImmutableSortedDictionary<TableName, string>.Empty;
        return new()
        {
            Table = entry,
            Product = product,
            Source = table,
            Reads = [.. analysis.Inputs.Select(i => i.Name).Order()],
            Query = table.Sql,
            DuckDbQuery = widened,
            SparkQuery = spark,
            SparkExpressions = sparkExpressions.ToImmutable(),
            Rule = rule,
            CodeFingerprint = QueryFingerprint.Of(table.Sql, rule?.Column, expressions),
            LegacyFingerprint = QueryFingerprint.Legacy(table.Sql, entry.Table, rule?.Column, expressions),
            ContractFingerprint = entry.Table.Fingerprint(),
        };
    }

    /// <summary>The tables as the product may see them: of some of another zone only the columns agreed on.</summary>
    private IReadOnlyDictionary<TableName, ContractTable> ReadableBy(CatalogTable reader, SqlAnalysis analysis)
    {
        CatalogTable[] partly =
        [
            .. analysis.Inputs.Select(i => i.Name).Distinct()
                .Select(n => catalog.TryFind(n, out CatalogTable? table) ? table : null).OfType<CatalogTable>()
                .Select(t => t.Only(DecisionOf(reader, t.Name).Columns))
                .Where(t => t.Table != _tables[t.Name]),
        ];
        return partly.Length == 0 ? _tables
            : new Dictionary<TableName, ContractTable>(
                _tables.Select(t => KeyValuePair.Create(
                    t.Key, partly.FirstOrDefault(p => p.Name == t.Key)?.Table ?? t.Value)));
    }

    /// <summary>A query that would bind if it saw whole tables reads what an agreement does not cover.</summary>
    private IEnumerable<Diagnostic> Explain(
        IEnumerable<Diagnostic> problems, CatalogTable reader, SqlAnalysis analysis,
        IReadOnlyDictionary<TableName, ContractTable> tables)
    {
        Diagnostic[] found =
        [
            .. problems.Select(d =>
                d.Code == SqlCodes.Binding ? d with { Hint = MissingColumn.Hint(d, analysis, catalog) } : d),
        ];
        return ReferenceEquals(tables, _tables) || !found.Any(d => d.Severity == Severity.Error)
            || SqlBinder.Bind(frontEnd, analysis, _tables, reader.Table).Diagnostics
                .Any(d => d.Severity == Severity.Error)
            ? found
            : analysis.Inputs.Where(i => tables.TryGetValue(i.Name, out ContractTable? seen) && seen != _tables[i.Name])
                .Select(i => Uncovered(reader, i));
    }

    private Diagnostic Uncovered(CatalogTable reader, TableReference input)
    {
        AccessDecision decision = DecisionOf(reader, input.Name);
        return new(
            "LF3007", Severity.Error, input.Location,
            $"{reader.ZoneId}/{reader.UnitId} reads more of {input.Name} than the agreement {decision.AgreementId} "
            + $"covers: {string.Join(", ", decision.Columns)}.",
            "Read these columns alone, or ask the provider to agree on others.");
    }

    private AccessDecision DecisionOf(CatalogTable reader, TableName table) =>
        AccessPolicy.Decide(estate, reader.ZoneId, reader.UnitId, table, now);

    private IEnumerable<Diagnostic> CheckAccess(CatalogTable reader, TableReference input)
    {
        if (!catalog.TryFind(input.Name, out CatalogTable? table))
        {
            yield break;
        }

        AccessDecision decision = DecisionOf(reader, table.Name);
        if (!decision.Permitted)
        {
            // Time ends an agreement, not a change of the estate: its reader is refused, and everything else goes on.
            Severity severity = decision.IsOfTime ? Severity.Warning : Severity.Error;
            yield return new(decision.Code, severity, input.Location, decision.Message, decision.Hint);
        }
    }

    /// <summary>The rule with the expressions that are right; of these also what Spark is to compute.</summary>
    private IncrementalRule? CompileRule(
        Product product, ProductTable table, SqlAnalysis analysis, List<Diagnostic> found,
        IDictionary<TableName, string> sparkExpressions)
    {
        if (table.Incremental is not { } rule)
        {
            return null;
        }

        SourceLocation place = estate.Sources.Find($"zone:{product.Zone}/product:{product.Id}/table:{table.Name}");
        var compiled = ImmutableSortedDictionary.CreateBuilder<TableName, string>();
        foreach ((TableName input, string expression) in rule.Inputs)
        {
            SqlAnalysis probe =
                SqlAnalyzer.Analyze(_parser, $"select {expression} as value from {input}", place.File);
            Diagnostic[] wrong = [.. CheckExpression(table, analysis, input, probe, place)];
            found.AddRange(wrong);
            if (wrong.Length == 0)
            {
                compiled[input] = expression;
                sparkExpressions[input] = SqlBinder.SparkExpression(frontEnd, probe, _tables);
            }
        }

        return new(rule.Column, compiled.ToImmutable());
    }

    private IEnumerable<Diagnostic> CheckExpression(
        ProductTable table, SqlAnalysis analysis, TableName input, SqlAnalysis probe, SourceLocation place)
    {
        if (!analysis.Inputs.Any(i => i.Name == input))
        {
            return
            [
                new(
                    "LF2042", Severity.Error, place, $"The incremental input {input} is not read by {table.SqlFile}.",
                    "Take it out of incremental.inputs, or read it in the SQL."),
            ];
        }

        IEnumerable<Diagnostic> problems = probe.HasErrors
            ? probe.Diagnostics
            : SqlBinder.Bind(frontEnd, probe, _tables, null).Diagnostics;
        return problems.Where(d => d.Severity == Severity.Error).Select(d => d with { Location = place });
    }
}

using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Increments;
using Landfall.Sql.Syntax;

namespace Landfall.Sql;

/// <summary>Whether a table may be built by parts: every row must depend on rows of its own part only.</summary>
public static class IncrementAnalyzer
{
    /// <summary>Why the query of an incremental table may not be built by parts; empty where it may.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="analysis">The query; it must have no errors.</param>
    /// <param name="contract">The table it builds.</param>
    /// <param name="column">The incremental column.</param>
    /// <param name="expressions">The portable expression by incremental input; each must bind.</param>
    /// <param name="tables">The columns of every table there is, system columns of enriched tables included.</param>
    public static ImmutableArray<Diagnostic> Analyze(
        SqlParser parser, SqlAnalysis analysis, ContractTable contract, string column,
        IReadOnlyDictionary<TableName, string> expressions, IReadOnlyDictionary<TableName, ContractTable> tables)
    {
        ParsedSql parsed = parser.Parse(analysis.File, analysis.Text);
        if (parsed.Query is not { } query
            || contract.Columns.FirstOrDefault(c => c.Name == column) is not { } promised)
        {
            return [];
        }

        Dictionary<TableName, SqlExpression> read = [];
        foreach ((TableName table, string expression) in expressions)
        {
            ParsedSql probe = parser.Parse(analysis.File, $"select {expression} as value from {table}");
            if (probe.Query is { Columns: [SqlExpression first, ..] })
            {
                read[table] = first;
            }
        }

        var columns = tables.ToDictionary(
            t => t.Key, t => t.Value.Columns.Select(c => c.Name).ToImmutableArray());
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        IncrementInputs rule = new(
            column, SqlTypes.Name(promised.Type, SqlDialect.DuckDb), columns, read);
        new IncrementLineage(rule, (at, message, hint) => found.Add(
            new(SqlCodes.AcrossIncrement, Severity.Error, parsed.Map.Locate(at), message, hint))).Check(query);
        return found.ToImmutable();
    }
}

using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Macros;
using Landfall.Sql.Spark;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;
using Landfall.Sql.Typing;

namespace Landfall.Sql;

/// <summary>
/// Binds a query to empty tables of its inputs' contracts: the engine itself says which columns and types come out, or
/// what does not fit.
/// </summary>
public static class SqlBinder
{
    /// <summary>An expression over the columns of one table as Spark is to compute it.</summary>
    /// <param name="frontEnd">Parses.</param>
    /// <param name="probe">A query of one table whose first column the expression is; it must bind.</param>
    /// <param name="inputs">The columns of every table there is.</param>
    public static string SparkExpression(
        ISqlFrontEnd frontEnd, SqlAnalysis probe, IReadOnlyDictionary<TableName, ContractTable> inputs)
    {
        ParsedSql parsed = new SqlParser(frontEnd).Parse(probe.File, probe.Text);
        return SparkQueryWriter.WriteColumn(parsed, new(inputs, parsed.Query!));
    }

    /// <summary>Binds a query and holds its columns against its contract.</summary>
    /// <param name="frontEnd">Binds.</param>
    /// <param name="analysis">The query; it must have no errors.</param>
    /// <param name="inputs">The columns of every table there is, system columns of enriched tables included.</param>
    /// <param name="contract">The table the query builds; null to learn its columns only.</param>
    public static SqlBinding Bind(
        ISqlFrontEnd frontEnd, SqlAnalysis analysis, IReadOnlyDictionary<TableName, ContractTable> inputs,
        ContractTable? contract)
    {
        ImmutableArray<Diagnostic> unknown =
        [
            .. analysis.Inputs.Where(i => !inputs.ContainsKey(i.Name)).Select(i => new Diagnostic(
                SqlCodes.UnknownTable, Severity.Error, i.Location, $"There is no table {i.Name}.",
                Suggestion.Hint(i.Name.ToString(), inputs.Keys.Select(n => n.ToString()))
                    ?? "landfall show lists the tables.")),
        ];
        if (!unknown.IsEmpty)
        {
            return new([], unknown);
        }

        string body = SqlCompiler.WithoutSemicolon(analysis.Text);
        MacroExpansion expansion = MacroExpander.Expand(analysis.File, body, MacroTarget.DuckDb);
        BoundQuery bound = frontEnd.Bind(
            [.. analysis.Inputs.Select(i => (i.Name, inputs[i.Name]))], expansion.Text);
        if (bound.Problem is { } problem)
        {
            SourceLocation place = bound.At < 0 ? expansion.Map.LocateOriginal(0) : expansion.Map.Locate(bound.At);
            return new([], [new(
                SqlCodes.Binding, Severity.Error, place, $"The query does not fit its tables: {problem}.")]);
        }

        ParsedSql parsed = new SqlParser(frontEnd).Parse(analysis.File, analysis.Text);
        if (parsed.Query is not { } query)
        {
            return new(bound.Columns, parsed.Diagnostics);
        }

        QueryTypes types = new(inputs, query);
        NumberRules numbers = new(types, analysis.Text, parsed.Map);
        ImmutableArray<Diagnostic> found =
        [
            .. contract is null ? [] : ContractComparison.Check(bound.Columns, contract, name =>
                analysis.OutputPlaces.GetValueOrDefault(name, expansion.Map.LocateOriginal(0))),
            .. numbers.Check(query).Where(_ => contract is not null),
            .. new TypeRules(types, parsed.Map).Check(query),
        ];
        return new(
            bound.Columns, found, numbers.Widened == analysis.Text ? null : numbers.Widened,
            found.Any(d => d.Severity == Severity.Error)
                ? null : SparkQueryWriter.Write(parsed, types, analysis.File));
    }
}

using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Linting;
using Landfall.Sql.Syntax;

namespace Landfall.Sql;

/// <summary>Reads a product's query: its tables, its columns, whether it stays inside the portable subset.</summary>
public static class SqlAnalyzer
{
    /// <summary>Analyses a query's text; every problem is reported in one pass.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="text">The text as it stands in the file.</param>
    /// <param name="file">The file, relative to the estate, for diagnostics.</param>
    /// <param name="incrementalColumn">The column an incremental table is built by; null for a full one.</param>
    public static SqlAnalysis Analyze(SqlParser parser, string text, string file, string? incrementalColumn = null)
    {
        ParsedSql parsed = parser.Parse(file, text);
        ImmutableArray<TableReference> inputs = [];
        ImmutableArray<string> columns = [];
        IEnumerable<Diagnostic> found = parsed.Diagnostics.Concat(TokenRules.Check(file, text));
        if (parsed.Query is { } query)
        {
            (inputs, ImmutableArray<Diagnostic> tables) = TableReferences.Find(query, parsed.Map, tablesOnly: true);
            columns = OutputColumns.Of(query);
            found = found.Concat(tables).Concat(SqlLinter.Check(query, parsed.Map, incrementalColumn));
        }

        return new()
        {
            File = file,
            Text = text,
            Inputs = inputs,
            OutputColumns = columns,
            OutputPlaces = parsed.Query is { } known
                ? OutputColumns.Places(known, parsed.Map) : ImmutableDictionary<string, SourceLocation>.Empty,
            Diagnostics =
            [
                .. found.Distinct().OrderBy(d => d.Location.Line).ThenBy(d => d.Location.Column)
                    .ThenBy(d => d.Code, StringComparer.Ordinal),
            ],
        };
    }
}

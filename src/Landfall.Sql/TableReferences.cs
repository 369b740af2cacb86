using System.Buffers;
using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>
/// Finds the tables of a query: a name of three parts is a table, of one part a CTE in scope; the rest is refused.
/// </summary>
internal sealed class TableReferences
{
    private static readonly SearchValues<char> FileCharacters = SearchValues.Create("./\\*?:");
    private static readonly string[] TableFunctions = ["range", "generate_series", "unnest"];

    private readonly TextMap _map;
    private readonly bool _tablesOnly;
    private readonly List<TableReference> _found = [];
    private readonly List<Diagnostic> _diagnostics = [];

    private TableReferences(TextMap map, bool tablesOnly)
    {
        _map = map;
        _tablesOnly = tablesOnly;
    }

    /// <summary>The tables of a query and what is wrong with its references.</summary>
    /// <param name="query">The query.</param>
    /// <param name="map">The way to its file.</param>
    /// <param name="tablesOnly">Whether table functions are refused altogether, as in products.</param>
    public static (ImmutableArray<TableReference> Tables, ImmutableArray<Diagnostic> Diagnostics) Find(
        SqlQuery query, TextMap map, bool tablesOnly)
    {
        var finder = new TableReferences(map, tablesOnly);
        finder.Visit(query, []);
        return ([.. finder._found.DistinctBy(r => r.Name)], [.. finder._diagnostics]);
    }

    private void Visit(SqlQuery query, ImmutableHashSet<string> scope)
    {
        scope = scope.WithComparer(StringComparer.OrdinalIgnoreCase);
        foreach (SqlCte cte in query.Ctes)
        {
            // A CTE sees those before it; it sees itself only if recursive, else its name means what it meant outside.
            Visit(cte.Query, cte.Query.Kind == SqlQueryKind.Recursive ? scope.Add(cte.Name) : scope);
            scope = scope.Add(cte.Name);
        }

        foreach (SqlTable table in SqlQueryWalk.Tables(query))
        {
            VisitTable(table, scope);
        }

        IEnumerable<SqlQuery> inner = query.Sides
            .Concat(SqlQueryWalk.Expressions(query).Select(e => e.Query).OfType<SqlQuery>());
        foreach (SqlQuery found in inner)
        {
            Visit(found, scope);
        }
    }

    private void VisitTable(SqlTable table, ImmutableHashSet<string> scope)
    {
        switch (table.Kind)
        {
            case SqlTableKind.Base:
                VisitBase(table, scope);
                break;
            case SqlTableKind.Function:
                VisitFunction(table);
                break;
            case SqlTableKind.Show or SqlTableKind.Pivot or SqlTableKind.Unknown:
                Report(SqlCodes.NotOneSelect, table.At, $"{table.Type} cannot be read as a table.", "Write a SELECT.");
                break;
            default:
                break;
        }

        if (table.Query is { } query)
        {
            Visit(query, scope);
        }
    }

    private void VisitBase(SqlTable table, ImmutableHashSet<string> scope)
    {
        ImmutableArray<string> parts = table.Parts;
        string written = string.Join('.', parts);
        if (parts.Any(p => p.AsSpan().ContainsAny(FileCharacters)))
        {
            Report(SqlCodes.TableFunction, table.At, $"The file {Clip(written)} is read as a table.",
                "Land files with an integration and read its table, zone.unit.table.");
        }
        else if (parts.Length == 3)
        {
            string[] name = [.. parts.Select(p => p.ToLowerInvariant())];
            _found.Add(new(new TableName(name[0], name[1], name[2]), _map.Locate(table.At)));
        }
        else if (parts.Length != 1 || !scope.Contains(written))
        {
            Report(SqlCodes.TableName, table.At, $"{Clip(written)} is neither zone.unit.table nor a CTE in scope.",
                Suggestion.Hint(written, scope) ?? "Name the table in full: zone.unit.table, with _ for -.");
        }
    }

    private void VisitFunction(SqlTable table)
    {
        string name = table.Expressions.FirstOrDefault()?.Name ?? "";
        if (_tablesOnly || !TableFunctions.Contains(name, StringComparer.Ordinal))
        {
            Report(SqlCodes.TableFunction, table.At, $"The table function {Clip(name)} is not allowed.", _tablesOnly
                ? "A product's query reads tables only: zone.unit.table."
                : $"Queries may use {string.Join(", ", TableFunctions)}, and tables: zone.unit.table.");
        }
    }

    // Names come from the query's text; a long one would bury the message.
    private static string Clip(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private void Report(string code, int at, string message, string hint) =>
        _diagnostics.Add(new(code, Severity.Error, _map.Locate(at), message, hint));
}

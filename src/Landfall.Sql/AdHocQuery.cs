using System.Collections.Frozen;
using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Linting;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>
/// The gate of <c>landfall query</c>: exactly one SELECT over catalogued tables. Engine-specific SQL is welcome here;
/// what reaches outside the query (files, settings, other sessions, SQL in strings) is not.
/// </summary>
/// <remarks>
/// The gate is one of two: the query also runs in a process without external access. Table functions are refused unless
/// listed; scalar functions are allowed unless they belong to a dangerous class.
/// </remarks>
public static class AdHocQuery
{
    private static readonly string[] ForbiddenPrefixes =
    [
        "read_", "parquet_", "duckdb_", "pragma_", "pg_", "sniff_", "enable_", "disable_", "truncate_", "write_",
        "json_execute", "json_serialize", "json_deserialize", "sql_auto", "arrow_scan", "which_", "current_setting",
        "current_query", "current_connection", "current_transaction", "txid_", "has_", "set_", "add_parquet",
        "getvariable", "getenv", "test_all",
    ];

    private static readonly FrozenSet<string> Forbidden = new[]
    {
        "query", "query_table", "glob", "nextval", "currval", "setseed", "sleep_ms", "seq_scan", "repeat_row",
        "summary", "checkpoint", "force_checkpoint", "parse_duckdb_log_message", "stats", "in_search_path", "error",
        "create_sort_key", "finalize", "combine",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Decides on a query.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="text">The query as typed; <c>@macro(…)</c> may be used.</param>
    /// <param name="catalogue">Every table there is.</param>
    public static AdHocAnalysis Analyze(SqlParser parser, string text, IReadOnlySet<TableName> catalogue)
    {
        ParsedSql parsed = parser.Parse("query", text);
        List<Diagnostic> found = [.. parsed.Diagnostics];
        ImmutableArray<TableReference> tables = [];
        if (parsed.Query is { } query)
        {
            (tables, ImmutableArray<Diagnostic> references) =
                TableReferences.Find(query, parsed.Map, tablesOnly: false);
            found.AddRange(references);
            found.AddRange(tables.Where(t => !catalogue.Contains(t.Name)).Select(t => Unknown(t, catalogue)));
            found.AddRange(SqlQueryWalk.Queries(query).SelectMany(q => CheckQuery(q, parsed.Map)));
        }

        return new()
        {
            Sql = found.Count > 0 ? "" : SqlCompiler.Expand(text),
            Tables = tables,
            Diagnostics = [.. found.Distinct()],
        };
    }

    private static Diagnostic Unknown(TableReference table, IReadOnlySet<TableName> catalogue) =>
        new(SqlCodes.UnknownTable, Severity.Error, table.Location, $"There is no table {table.Name}.",
            Suggestion.Hint(table.Name.ToString(), catalogue.Select(n => n.ToString()))
                ?? "landfall show lists the tables.");

    private static IEnumerable<Diagnostic> CheckQuery(SqlQuery query, TextMap map)
    {
        if (query.Kind == SqlQueryKind.Unknown || query.HasUnknownModifier)
        {
            yield return new(SqlCodes.Clause, Severity.Error, map.Locate(-1),
                $"{query.Type} is not allowed in queries.");
        }

        foreach (SqlExpression exists in EngineFaults.WrongExists(query))
        {
            yield return new(
                SqlCodes.EngineFault, Severity.Error, map.Locate(SqlLinter.PlaceOf(exists.Query!)),
                EngineFaults.ExistsProblem, EngineFaults.ExistsHint);
        }

        foreach (SqlExpression expression in SqlQueryWalk.Expressions(query))
        {
            if (Problem(expression) is { } problem)
            {
                yield return new(problem.Code, Severity.Error, map.Locate(expression.At), problem.Message);
            }
        }
    }

    private static (string Code, string Message)? Problem(SqlExpression expression) => expression.Kind switch
    {
        ExpressionKind.Unknown => (SqlCodes.Clause, $"{expression.Type} is not allowed in queries."),
        ExpressionKind.Parameter => (SqlCodes.Parameter, "Queries have no parameters; write the value."),
        ExpressionKind.Function or ExpressionKind.Window when IsForbidden(expression) =>
            (SqlCodes.ForbiddenFunction, $"Queries may not call {expression.Name}."),
        _ => null,
    };

    private static bool IsForbidden(SqlExpression call) =>
        call.Schema is not ("" or "main" or "pg_catalog") || Forbidden.Contains(call.Name)
        || ForbiddenPrefixes.Any(p => call.Name.StartsWith(p, StringComparison.Ordinal));
}

using System.Collections.Immutable;
using System.Text;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Types;
using Landfall.Sql.Macros;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>
/// Turns a query into what an engine runs: its macros expanded, inside a SELECT that casts every column to the
/// contract's type, in the contract's order. The same text and contract give the same SQL, byte for byte. For Spark a
/// query is what <see cref="SqlBinder"/> has written, <see cref="SparkQuery"/>.
/// </summary>
public static class SqlCompiler
{
    /// <summary>What a compiled query, which is its last word, is called inside of the casts.</summary>
    internal const string Alias = "result";

    /// <summary>Compiles a query for DuckDB.</summary>
    /// <param name="body">The query's text as it stands in its file.</param>
    /// <param name="contract">The table it builds.</param>
    /// <returns>One SELECT without a final semicolon; lines end with <c>\n</c>.</returns>
    /// <exception cref="LandfallException">
    /// LF2006 or LF2007: a macro is wrong. <see cref="SqlAnalyzer"/> reports it with its place.
    /// </exception>
    public static string Compile(string body, ContractTable contract) => Compile(body, ColumnsOf(contract));

    /// <summary>As <see cref="Compile(string, ContractTable)"/>, for columns by name and type.</summary>
    /// <exception cref="LandfallException">LF2006 or LF2007: a macro is wrong.</exception>
    public static string Compile(string body, IEnumerable<(string Name, DataType Type)> columns)
    {
        (string before, string after) = Casts(columns, SqlDialect.DuckDb);
        return before + Expand(body) + after;
    }

    /// <summary>Compiles what is written for Spark, over relations that are called as the tables are.</summary>
    /// <param name="query">The query.</param>
    /// <param name="contract">The table it builds.</param>
    public static string Compile(SparkQuery query, ContractTable contract) =>
        Compile(query, ColumnsOf(contract), ImmutableDictionary<TableName, string>.Empty).Text;

    /// <summary>Compiles what is written for Spark.</summary>
    /// <param name="query">The query.</param>
    /// <param name="columns">The columns of the contract.</param>
    /// <param name="relations">The session's relations, as its SQL names them, by table.</param>
    public static EngineQuery Compile(
        SparkQuery query, IEnumerable<(string Name, DataType Type)> columns,
        IReadOnlyDictionary<TableName, string> relations)
    {
        (string before, string after) = Casts(columns, SqlDialect.Spark);
        SparkQuery named = query.With(relations);
        return new(before + named.Text + after, before.Length, named);
    }

    /// <summary>
    /// A query for DuckDB with its macros expanded and without a final semicolon; lines end with <c>\n</c>.
    /// </summary>
    /// <exception cref="LandfallException">LF2006 or LF2007: a macro is wrong.</exception>
    public static string Expand(string body)
    {
        MacroExpansion expansion = MacroExpander.Expand(
            "", WithoutSemicolon(body.ReplaceLineEndings("\n")), MacroTarget.DuckDb);
        return expansion.Diagnostics is [Diagnostic first, ..]
            ? throw new LandfallException(first.Code, $"{first.Message} Run landfall validate for its place.")
            : expansion.Text;
    }

    /// <summary>A text whose final semicolon, if any, is a blank, so that places stay what they are.</summary>
    public static string WithoutSemicolon(string text)
    {
        SqlToken last = SqlLexer.Read(text).LastOrDefault(t => !t.IsTrivia);
        return last.Is(";")
            ? string.Concat(text.AsSpan(0, last.Start), " ", text.AsSpan(last.End)).TrimEnd()
            : text.TrimEnd();
    }

    private static IEnumerable<(string Name, DataType Type)> ColumnsOf(ContractTable contract) =>
        contract.Columns.Select(c => (c.Name, c.Type));

    /// <summary>What stands around a query that is its last word.</summary>
    private static (string Before, string After) Casts(
        IEnumerable<(string Name, DataType Type)> columns, SqlDialect dialect)
    {
        var sql = new StringBuilder("select\n");
        sql.AppendJoin(",\n", columns.Select(column =>
        {
            string name = SqlName.Quote(column.Name, dialect);
            return $"    cast({name} as {SqlTypes.Name(column.Type, dialect)}) as {name}";
        }));

        // The body may end with a line comment: the parenthesis stands on a line of its own.
        return (sql.Append("\nfrom (\n").ToString(), "\n) as " + Alias);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Quality;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Sql;

/// <summary>DuckDB's parser, in a database of its own, and its binder, in one for each query.</summary>
/// <remarks>Calls to the parser wait for each other.</remarks>
public sealed partial class DuckDbSqlFrontEnd : ISqlFrontEnd
{
    private const string Describe = "describe ";
    private readonly Lock _gate = new();
    private readonly DuckDbDatabase _database = Databases.Small();
    private readonly DuckDbConnection _connection;

    /// <summary>Opens the parser.</summary>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public DuckDbSqlFrontEnd()
    {
        _connection = _database.Connect();
        _connection.Execute("set enable_external_access = false");
    }

    /// <inheritdoc/>
    public string SyntaxTree(string sql)
    {
        lock (_gate)
        {
            using DuckDbStatement statement = _connection.Prepare("select json_serialize_sql(cast(? as varchar))");
            statement.Bind(1, sql);
            using DuckDbResult result = statement.Query();
            return result.Rows().Select(row => row[0] as string).FirstOrDefault() ?? "{}";
        }
    }

    /// <inheritdoc/>
    public BoundQuery Bind(ImmutableArray<(TableName Name, ContractTable Table)> tables, string query)
    {
        using DuckDbDatabase database = Databases.Small();
        using DuckDbConnection connection = database.Connect();
        foreach (string zone in tables.Select(t => t.Name.Zone).Distinct())
        {
            connection.Execute($"attach ':memory:' as {SqlName.DuckDb(zone)}");
        }

        foreach ((TableName name, ContractTable table) in tables)
        {
            connection.Execute(Create(name, table));
        }

        connection.Execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'");
        connection.Execute("set enable_external_access = false");
        try
        {
            using DuckDbResult result = connection.Query(Describe + query);
            return new([.. result.Rows().Select(row => new BoundColumn((string)row[0]!, (string)row[1]!))]);
        }
        catch (DuckDbException error)
        {
            return Explain(error.Message, query);
        }
    }

    /// <inheritdoc/>
    public string? ProblemOf(
        QualityRule rule, ContractTable table, ImmutableArray<(TableName Name, ContractTable Table)> inputs)
    {
        using QualityRuleBinder binder = new(table, inputs);
        return binder.ProblemOf(rule);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static string Create(TableName name, ContractTable table)
    {
        string schema = $"{SqlName.DuckDb(name.Zone)}.{SqlName.DuckDb(name.Unit)}";
        IEnumerable<string> columns = table.Columns.Select(
            c => $"{SqlName.DuckDb(c.Name)} {SqlTypes.Name(c.Type, SqlDialect.DuckDb)}");
        return $"create schema if not exists {schema}; "
            + $"create table {schema}.{SqlName.DuckDb(name.Table)} ({string.Join(", ", columns)})";
    }

    // DuckDB ends its messages with "LINE 3: select …" and a caret below the place, which lead back to the query.
    private static BoundQuery Explain(string message, string query)
    {
        int at = -1;
        Match line = Excerpt().Match(message);
        string[] lines = query.Split('\n');
        if (line.Success && int.TryParse(line.Groups["line"].Value, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= lines.Length)
        {
            int column = Column(line, lines[number - 1], number == 1 ? Describe.Length : 0);
            at = lines.Take(number - 1).Sum(l => l.Length + 1) + column;
        }

        string text = (line.Success ? message[..line.Index] : message).Trim().ReplaceLineEndings(" ");
        return new([], ErrorKind().Replace(text, "").TrimEnd('.', '!'), at);
    }

    // The excerpt is cut on both sides of a long line, with "..." in place of what is left out.
    private static int Column(Match match, string line, int added)
    {
        int caret = match.Groups["caret"].Length - $"LINE {match.Groups["line"].Value}: ".Length;
        string excerpt = match.Groups["text"].Value;
        int cut = 0;
        if (excerpt.StartsWith("...", StringComparison.Ordinal))
        {
            string shown = excerpt[3..].TrimEnd('.');
            cut = Math.Max(line.IndexOf(shown, StringComparison.Ordinal), 0) - 3;
            added = 0;
        }

        return Math.Clamp(caret + cut - added, 0, line.Length);
    }

    [GeneratedRegex(@"\s*LINE (?<line>\d+): (?<text>[^\n]*)\n(?<caret> *)\^", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Excerpt();

    [GeneratedRegex(@"^(\w+ )?Error: ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ErrorKind();
}

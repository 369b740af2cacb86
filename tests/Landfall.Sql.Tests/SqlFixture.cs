using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Sql;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Sql.Tests;

/// <summary>A parser and a DuckDB for the tests of one class.</summary>
public sealed class SqlFixture : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    public SqlFixture()
    {
        _connection = _database.Connect();
        _connection.Execute("set TimeZone = 'UTC'");
    }

    public DuckDbSqlFrontEnd FrontEnd { get; } = new();

    public SqlParser Parser => field ??= new(FrontEnd);

    public static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    /// <summary>A contract table of "name type" pairs.</summary>
    public static ContractTable Table(string name, params string[] columns) => new()
    {
        Name = name,
        Description = "",
        Quality = [],
        Columns = [.. columns.Select(Column)],
    };

    /// <summary>The first row of a query as text, columns joined by |, nulls as null.</summary>
    public string Row(string sql) => Rows(sql).First();

    /// <summary>The rows of a query as text.</summary>
    public ImmutableArray<string> Rows(string sql)
    {
        using DuckDbResult result = _connection.Query(sql);
        return [.. result.Rows().Select(row => string.Join('|', row.Select(v => v ?? "null")))];
    }

    /// <summary>The value of one expression with macros, as text.</summary>
    public string Value(string expression) =>
        Row($"select cast({SqlCompiler.Expand(expression)} as varchar)");

    public SqlAnalysis Analyze(string text, string? incremental = null) =>
        SqlAnalyzer.Analyze(Parser, text, "model.sql", incremental);

    public void Dispose()
    {
        FrontEnd.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    private static ContractColumn Column(string text)
    {
        string[] parts = text.Split(' ');
        Assert.True(DataType.TryParse(parts[1], out DataType type), text);
        return new()
        {
            Name = parts[0],
            Type = type,
            Required = false,
            PrimaryKeyPosition = 0,
            Classification = "",
            Description = "",
        };
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Spark.Connect;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;
using Landfall.Testing;
using Landfall.Testing.Delta;
using Landfall.Workers;

namespace Landfall.Sql.Tests.Portable;

/// <summary>DuckDB as workers have it and a session of Spark, over the same Parquet files.</summary>
public sealed class PortableEngines : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private DuckDbConnection _duckDb = null!;
    private SparkSession? _spark;

    /// <summary>What the tables and cases are made from.</summary>
    public TestSeed Seed { get; } = TestSeed.Fresh();

    public SqlFixture Fixture { get; } = new();

    public PortableTables Tables { get; private set; } = null!;

    /// <summary>The contracts of the tables.</summary>
    public ImmutableDictionary<TableName, ContractTable> Contracts { get; private set; } =
        ImmutableDictionary<TableName, ContractTable>.Empty;

    /// <summary>The views of the tables in Spark.</summary>
    public ImmutableDictionary<TableName, string> Views { get; private set; } =
        ImmutableDictionary<TableName, string>.Empty;

    public async ValueTask InitializeAsync()
    {
        Tables = new(Seed);
        Contracts = Tables.All.ToImmutableDictionary(t => t.FullName, t => t.Contract);
        Views = Tables.All.ToImmutableDictionary(t => t.FullName, t => $"view_{t.Name}");
        WorkerContext context = new(
            new()
            {
                Kind = "portable", Payload = new JsonObject(), MemoryBytes = 2L << 30, Threads = 1,
                Timeout = TimeSpan.FromMinutes(30),
            },
            _folder.Path, _ => { });
        _duckDb = context.OpenDuckDb([], [_folder.Path]);
        _duckDb.Execute("attach ':memory:' as z; create schema z.u");
        foreach (PortableTable table in Tables.All)
        {
            _duckDb.Execute($"create table {table.FullName} as {table.Select()}");
            _duckDb.Execute($"copy (from {table.FullName}) to {SqlText.Literal(PathOf(table))} (format parquet)");
        }

        if (SharedSparkServer.Missing is null)
        {
            await OpenSparkAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_spark?.DisposeAsync() ?? ValueTask.CompletedTask);
        _duckDb.Dispose();
        Fixture.Dispose();
        _folder.Dispose();
    }

    /// <summary>Compiles a query, or says why it is refused.</summary>
    public (CompiledQuery? Query,
        ImmutableArray<Landfall.Estate.Diagnostics.Diagnostic> Problems) Compile(string sql) =>
        CompiledQuery.Of(Fixture, sql, Contracts, Views);

    /// <summary>What DuckDB answers; null where it fails.</summary>
    public IReadOnlyList<object?[]>? AskDuckDb(CompiledQuery query, out string problem)
    {
        try
        {
            problem = "";
            IReadOnlyList<object?[]> rows = _duckDb.Collect(query.DuckDb);
            foreach (object?[] row in rows)
            {
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = query.Types[i].Kind == TypeKind.Decimal ? WithZero(row[i]) : row[i];
                }
            }

            return rows;
        }
        catch (DuckDbException failure)
        {
            problem = failure.Message;
            return null;
        }
    }

    /// <summary>What Spark answers; null where it fails.</summary>
    public async Task<(IReadOnlyList<object?[]>? Rows, string Problem)> AskSparkAsync(string sql)
    {
        try
        {
            SparkRows rows = await _spark!.QueryAsync(sql, TestContext.Current.CancellationToken);
            return (rows.Rows, "");
        }
        catch (SparkException failure)
        {
            return (null, failure.Message);
        }
    }

    // DuckDB writes .5 where a decimal has no digits before the point.
    private static object? WithZero(object? number) => number switch
    {
        string text when text.StartsWith('.') => "0" + text,
        string text when text.StartsWith("-.", StringComparison.Ordinal) => "-0" + text[1..],
        _ => number,
    };

    private async Task OpenSparkAsync()
    {
        SharedSparkServer server = await SharedSparkServer.GetAsync();
        _spark = await SparkSession.OpenAsync(
            SparkAddress.Parse(server.Address),
            new() { SessionId = Guid.NewGuid().ToString(), ConnectTimeout = TimeSpan.FromMinutes(2) },
            CancellationToken.None);
        await _spark.ConfigureAsync(SparkPins.All, CancellationToken.None);
        foreach (PortableTable table in Tables.All)
        {
            await _spark.CreateViewAsync(
                Views[table.FullName], new("parquet", null, [PathOf(table)]), CancellationToken.None);
        }
    }

    private string PathOf(PortableTable table) => Path.Combine(_folder.Path, table.Name + ".parquet");
}

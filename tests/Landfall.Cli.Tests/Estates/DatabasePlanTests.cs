using System.Globalization;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Planning;
using Landfall.Engine.Running;
using Landfall.Serving.Postgres;
using Landfall.Testing;
using Npgsql;

namespace Landfall.Cli.Tests.Estates;

/// <summary>What plans and runs say of a database of which one table has no row yet.</summary>
public sealed class DatabasePlanTests : IAsyncLifetime
{
    private const string Sold = "ops.inbox.sold";
    private const string Refund = "ops.inbox.refund";
    private readonly SmallEstate _home = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("landfall-pg-");
    private PostgresServer _server = null!;

    private PostgresOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "postgres") };

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        _server = await EmbeddedPostgres.EnsureStartedAsync(Options);
        await ExecuteAsync(
            "create table sold (id bigint, at timestamptz); create table refund (like sold); "
            + "insert into sold values (1, '2026-01-01 00:00+00')");
        WriteEstate();
    }

    public async ValueTask DisposeAsync()
    {
        await EmbeddedPostgres.StopAsync(Options);
        _folder.Delete(recursive: true);
        _home.Dispose();
    }

    [Fact]
    public async Task Plan_ATableWithoutRows_IsNewOnceAndThenAtRest()
    {
        Assert.Equal(["ops.inbox", Refund, Sold], (await PlannedAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(RunState.Succeeded, (await _home.RunWellAsync()).State);
        Assert.Empty(await PlannedAsync());
        Assert.Equal(RunState.UpToDate, (await _home.RunWellAsync()).State);
        Assert.Equal(0, (await _home.SnapshotAsync(Refund))!.Version);
        Assert.Empty(await _home.RowsAsync(Refund));

        await ExecuteAsync("insert into refund values (2, '2026-01-02 00:00+00')");
        Assert.Equal(["ops.inbox", Refund], await PlannedAsync());
        Assert.Equal(RunState.Succeeded, (await _home.RunWellAsync()).State);
        Assert.Single(await _home.RowsAsync(Refund));
        Assert.Empty(await PlannedAsync());
        Assert.Equal(RunState.UpToDate, (await _home.RunWellAsync()).State);
    }

    /// <summary>Steps that would run.</summary>
    private async Task<string[]> PlannedAsync()
    {
        using EngineSession session = _home.Open();
        EstateAnalysis analysis = EstateAnalysis.Of(session, TimeProvider.System.GetUtcNow());
        Plan plan = await new EstatePlanner(session, analysis).PlanAsync([], [], fullRefresh: false, default);
        return [.. plan.Steps.Where(s => s.WillRun).Select(s => s.Step.Key)];
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlConnection connection = new(_server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private void WriteEstate()
    {
        TestManifests.WriteHead(_home.EstateFolder, egress: "[{ name: database, host: 127.0.0.1 }]");
        TestManifests.WriteZone(_home.EstateFolder, "postgres", "[TEST_PASSWORD]", concurrency: 2);
        WriteInbox();
        string vault = Directory.CreateDirectory(Path.Combine(_home.Folder, "secrets")).FullName;
        string secret = Path.Combine(vault, "TEST_PASSWORD");
        File.WriteAllText(secret, _server.SuperuserPassword);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void WriteInbox()
    {
        _home.Write("ops/integrations/inbox/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: Inbox
            owner: team
            pool: shared
            source:
              type: postgres
              host: 127.0.0.1
              port: "{{_server.Port.ToString(CultureInfo.InvariantCulture)}}"
              database: postgres
              user: {{_server.Superuser}}
              password: "${secret:TEST_PASSWORD}"
            tables:
              - { name: sold, relation: public.sold, mode: append, cursor: at, overlap: 1h }
              - { name: refund, relation: public.refund, mode: append, cursor: at, overlap: 1h }
            """);
        _home.Write("ops/integrations/inbox/contract.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: inbox
            version: 1.0.0
            status: active
            schema:
              - name: sold
                properties:
                  - { name: id, physicalType: bigint, required: true }
                  - { name: at, logicalType: timestamp }
              - name: refund
                properties:
                  - { name: id, physicalType: bigint, required: true }
                  - { name: at, logicalType: timestamp }
            """);
    }
}

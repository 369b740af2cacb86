using Landfall.Serving.Postgres;
using Landfall.Testing;
using Landfall.Testing.Ingest;
using Npgsql;

namespace Landfall.Sources.Tests;

/// <summary>A PostgreSQL server of its own for a class of tests, and lakes that read it.</summary>
public sealed class SourceServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("landfall-pg-");

    public PostgresServer Running { get; private set; } = null!;

    private PostgresOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "postgres") };

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        await StartAsync();
    }

    public async Task StartAsync() => Running = await EmbeddedPostgres.EnsureStartedAsync(Options);

    public Task StopAsync() => EmbeddedPostgres.StopAsync(Options);

    /// <summary>Runs SQL in a session of its own and returns the first value.</summary>
    public async Task<object?> RunAsync(string sql, string database = "postgres")
    {
        await using NpgsqlConnection connection = new(Running.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Waits until a copy that mentions the text is at work, and returns its process.</summary>
    public async Task<int> CopyingAsync(string text)
    {
        int? process = null;
        await Eventually.TrueAsync(async () =>
        {
            process = (int?)await RunAsync("select pid from pg_stat_activity where application_name = 'landfall' "
                + $"and state = 'active' and query like 'copy %{text}%'");
            return process is not null;
        });
        return process!.Value;
    }

    /// <summary>The source as a manifest has it.</summary>
    /// <param name="user">The user; the superuser unless given.</param>
    /// <param name="database">The database.</param>
    /// <param name="more">Further keys, each begins with a comma.</param>
    public string Source(string? user = null, string database = "postgres", string more = "") =>
        $"{{ type: postgres, host: 127.0.0.1, port: \"{Running.Port}\", database: {database}, user: "
        + $"{user ?? Running.Superuser}, password: \"${{secret:TEST_PASSWORD}}\"{more} }}";

    /// <summary>A lake of one table, or of two with the same columns.</summary>
    public IngestLake Lake(
        string table, string[] columns, string? second = null, string? source = null, double threshold = 0)
    {
        IngestLake lake = new(table, columns, threshold, source ?? Source());
        lake.Declare(table, columns, threshold, source ?? Source(), second);
        lake.Secrets = lake.Secrets.SetItem("TEST_PASSWORD", Running.SuperuserPassword);
        return lake;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }
}

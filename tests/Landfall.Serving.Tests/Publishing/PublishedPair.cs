using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Serving.Postgres;
using Landfall.Serving.Publishing;
using Landfall.Serving.Servers;
using Landfall.Serving.Tests.Postgres;
using Landfall.Workers;
using Npgsql;

namespace Landfall.Serving.Tests.Publishing;

/// <summary>Two tables of a schema, and the task that publishes into them, without a lake.</summary>
internal sealed class PublishedPair : IAsyncDisposable
{
    private const string Unit = "pair";
    private readonly PostgresFolder _folder = new();
    private readonly NumberedRows _rows = new();
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("landfall-scratch-");
    private PostgresServer _server = null!;

    /// <summary>Makes the server and the tables.</summary>
    public static async Task<PublishedPair> CreateAsync()
    {
        PublishedPair pair = new();
        pair._server = await EmbeddedPostgres.EnsureStartedAsync(pair._folder.Options);
        await using NpgsqlConnection connection = await pair.ConnectAsync();
        await PublicationStore.EnsureAsync(connection, CancellationToken.None);
        await connection.RunAsync(
            [
                "create schema pair",
                "create table pair.a (id bigint primary key, number bigint)",
                "create table pair.b (id bigint primary key, number bigint)",
            ],
            CancellationToken.None);
        return pair;
    }

    /// <summary>A connection to the database.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        NpgsqlConnection connection = new(_server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Publishes both tables with a number, in one transaction or, as a control, in one each.</summary>
    public async Task PublishAsync(long number, bool together = true)
    {
        _rows.Number = number;
        foreach (string[] tables in together ? (string[][])[["a", "b"]] : [["a"], ["b"]])
        {
            PublishPayload payload = PayloadOf(number, tables);
            JsonElement element = JsonSerializer.SerializeToElement(payload, PublishJson.Default.PublishPayload);
            WorkerContext context = new(
                new WorkerRequest
                {
                    Kind = PublishTask.TaskKind, Payload = new JsonObject(), MemoryBytes = 1 << 28, Threads = 1,
                    Timeout = TimeSpan.FromMinutes(5),
                    Secrets = new Dictionary<string, string>
                    {
                        [PublishTask.PasswordSecret] = _server.SuperuserPassword,
                    }.ToImmutableDictionary(),
                },
                _scratch.FullName,
                _ => { });
            await new PublishTask(_rows).RunAsync(element, context, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _folder.DisposeAsync();
        _scratch.Delete(recursive: true);
    }

    private PublishPayload PayloadOf(long number, string[] tables) => new()
    {
        Address = new()
        {
            Host = "localhost", Port = _server.Port, Tls = SslMode.Disable, IsEmbedded = true,
        },
        Database = "postgres",
        User = _server.Superuser,
        Unit = Unit,
        Guard = "select ''",
        Expected = "",
        Before = [.. tables.Select(t => $"delete from pair.{t}")],
        Tables =
        [
            .. tables.Select(t => new PublishedRows(
                new PinnedTable
                {
                    Name = new("ops", Unit, t), Folder = "/", Schema = new TableSchema([]).ToJson(), Files = [],
                },
                $"copy pair.{t} (id, number) from stdin (format binary)",
                NumberedRows.Count)),
        ],
        After = [$"select {number}"],
        Former = [],
    };
}

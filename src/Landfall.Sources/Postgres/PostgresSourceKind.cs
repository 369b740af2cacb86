using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;
using Landfall.Estate.Sources;
using Landfall.Estate.Types;
using Landfall.Workers;

namespace Landfall.Sources.Postgres;

/// <summary>A PostgreSQL database: what changed is one batch for all tables that did, none where none did.</summary>
/// <param name="staging">Compares and writes rows inside workers.</param>
public sealed class PostgresSourceKind(ITextStaging staging) : ISourceKind
{
    /// <inheritdoc/>
    public ISourceManifest Manifest { get; } = new PostgresManifest();

    /// <inheritdoc/>
    public IReadOnlyList<IWorkerTask> Tasks { get; } = [new LandPostgresTask(staging)];

    /// <inheritdoc/>
    public LandOutlook Look(
        Integration integration, IReadOnlyDictionary<string, string> locations, Register register) =>
        register.Snapshot is null
            ? new(WillLand: true, $"first read of {integration.Tables.Length} tables")
            : new(WillLand: null, "looks for changes");

    /// <inheritdoc/>
    public async Task<StepOutcome> LandAsync(IStepHost host, CancellationToken cancellationToken)
    {
        host.Started("looks for changes");
        Register register = await Register.LoadAsync(host, cancellationToken);
        long batch = register.LastBatch + 1;
        RawBatch.Clear(host, batch);
        LandPostgresPayload payload = PayloadOf(host, register, batch);
        string[] folders = [.. payload.Tables.Select(t => RawPaths.FolderOf(host, t.Table, batch))];
        WorkerTask task = new(
            LandPostgresTask.TaskKind,
            JsonSerializer.SerializeToNode(payload, IngestJson.Default.LandPostgresPayload)!,
            [], [.. folders], EgressTarget.Of(payload.Host, payload.Port));
        JsonNode answer = await host.RunWorkerAsync(task, cancellationToken);
        LandPostgresResult result = answer.Deserialize(IngestJson.Default.LandPostgresResult)!;
        foreach (string folder in folders.Where(f => Directory.Exists(f)
            && !Directory.EnumerateFileSystemEntries(f).Any()))
        {
            Directory.Delete(folder);
        }

        StepOutcome outcome = result.Tables.Length > 0
            ? await RegisterAsync(host, register, batch, result, cancellationToken)
            : StepOutcome.Nothing(
                result.LeftOut.Length == payload.Tables.Length ? "no table could be read" : "nothing changed");
        return outcome with { LeftOut = result.LeftOut, Warnings = result.Warnings };
    }

    private static async Task<StepOutcome> RegisterAsync(
        IStepHost host, Register register, long batch, LandPostgresResult result,
            CancellationToken cancellationToken)
    {
        RawBatch.Sync(host, result.Tables.Select(t => t.Table));
        long now = UnixMicros.Of(host.Clock.GetUtcNow());
        long version = await register.AppendAsync(
            host,
            [
                .. result.Tables.Select(t => EntryOf(
                    host.Node.Integration!.Tables.Single(i => i.Name == t.Table), t, batch, result.Time, now)),
            ],
            cancellationToken);
        return new()
        {
            State = StepState.Done,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{result.Tables.Length} tables changed"),
            Version = version,
            Rows = result.Tables.Sum(t => t.Rows),
            Bytes = result.Tables.Sum(t => t.Size),
        };
    }

    private static RegisterEntry EntryOf(
        IntegrationTable table, PostgresRead read, long batch, long time, long now) => new()
    {
        Batch = batch,
        Table = read.Table,
        File = ReadingOf(table).Relation,
        Path = read.Path,
        Size = read.Size,
        Modified = time,
        Sha256 = read.Sha256,
        SourceTime = time,
        Rows = read.Rows,
        Cursor = read.Cursor,
        StateHash = StateOf(table, read),
        LandedAt = now,
    };

    private static LandPostgresPayload PayloadOf(IStepHost host, Register register, long batch)
    {
        var source = (PostgresSource)host.Node.Integration!.Source;
        return new()
        {
            Host = source.Host,
            Port = source.Port,
            Database = source.Database,
            User = source.User,
            Password = source.Password,
            Tls = source.Tls,
            TlsAuthority = source.TlsAuthority,
            UnitFolder = RawPaths.FolderOf(host),
            Batch = batch,
            Tables = [.. host.Node.Integration!.Tables.Select(t => TableOf(host.Node.Integration!, t, register))],
        };
    }

    /// <summary>
    /// Without a cursor's value on record the whole table was read, whether it has a cursor or had no row with one, and
    /// what was read then is what reading the whole table again is compared with. A table whose relation or cursor
    /// changed in the manifest, or that has no cursor any more, is read whole and lands.
    /// </summary>
    private static PostgresTable TableOf(Integration integration, IntegrationTable table, Register register)
    {
        PostgresReading reading = ReadingOf(table);
        RegisterEntry? last = register.FilesOf(table.Name).LastOrDefault();
        string cursor = CursorOf(table);
        string[] state = last?.StateHash?.Split(':', 3) ?? [];

        // Registers of earlier versions do not name the column; its values were of this one as far as can be known.
        bool same = last is not null && last.File == reading.Relation
            && (last.Cursor is null || (cursor.Length > 0 && (state.Length < 3 || state[2] == cursor)));
        return new(
            table.Name, reading.Relation, cursor, reading.CursorOverlap, same ? last!.Cursor : null,
            same && state.Length > 1 ? $"{state[0]}:{state[1]}" : null,
            [
                .. integration.Contract.Tables.Single(t => t.Name == table.Name).Columns
                    .Where(c => c.Type.Kind == TypeKind.Array)
                    .Select(c => table.Rename.GetValueOrDefault(c.Name, c.Name)),
            ]);
    }

    /// <summary>What reading again gives, and by which column where a cursor's value says from where.</summary>
    private static string StateOf(IntegrationTable table, PostgresRead read) =>
        read.Cursor is null ? read.State : $"{read.State}:{CursorOf(table)}";

    /// <summary>The cursor as the source calls it; empty for none.</summary>
    private static string CursorOf(IntegrationTable table) =>
        table.Rename.GetValueOrDefault(table.Reading.Cursor, table.Reading.Cursor);

    private static PostgresReading ReadingOf(IntegrationTable table) => (PostgresReading)table.Reading;
}

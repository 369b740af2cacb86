using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Running;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;
using Landfall.Workers;

namespace Landfall.Engine.Ingest.Postgres;

/// <summary>Lands what changed in a database: one batch for all tables that did, none where none did.</summary>
internal static class PostgresLanding
{
    /// <summary>Runs the step.</summary>
    public static async Task<StepOutcome> LandAsync(IngestContext context, CancellationToken cancellationToken)
    {
        context.Started("looks for changes");
        Register register = await Register.LoadAsync(context.Lake, context.UnitFolder, cancellationToken);
        long batch = register.LastBatch + 1;
        LandStep.ClearBatch(context, batch);
        LandPostgresPayload payload = PayloadOf(context, register, batch);
        string[] folders =
            [.. payload.Tables.Select(t => Path.Combine(context.UnitFolder, RawPaths.BatchFolder(t.Table, batch)))];
        WorkerTask task = new(
            LandPostgresTask.TaskKind,
            JsonSerializer.SerializeToNode(payload, IngestJson.Default.LandPostgresPayload)!,
            [], [.. folders], EgressTarget.Of(payload.Host, payload.Port));
        JsonNode answer = await context.RunWorkerAsync(task, cancellationToken);
        LandPostgresResult result = answer.Deserialize(IngestJson.Default.LandPostgresResult)!;
        foreach (string folder in folders.Where(f => Directory.Exists(f)
            && !Directory.EnumerateFileSystemEntries(f).Any()))
        {
            Directory.Delete(folder);
        }

        if (result.Tables.Length == 0)
        {
            return StepOutcome.Nothing("nothing changed");
        }

        return await RegisterAsync(context, register, batch, result, cancellationToken);
    }

    private static async Task<StepOutcome> RegisterAsync(
        IngestContext context, Register register, long batch, LandPostgresResult result,
            CancellationToken cancellationToken)
    {
        LandStep.SyncBatch(context, result.Tables.Select(t => t.Table));
        long now = UnixMicros.Of(context.Clock.GetUtcNow());
        await register.AppendAsync(
            context,
            [
                .. result.Tables.Select(t => EntryOf(
                    context.Integration.Tables.Single(i => i.Name == t.Table), t, batch, result.Time, now)),
            ],
            cancellationToken);
        Register after = await Register.LoadAsync(context.Lake, context.UnitFolder, cancellationToken);
        return new()
        {
            State = StepState.Done,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{result.Tables.Length} tables changed"),
            Version = after.Snapshot!.Version,
            Rows = result.Tables.Sum(t => t.Rows),
            Bytes = result.Tables.Sum(t => t.Size),
        };
    }

    private static RegisterEntry EntryOf(
        IntegrationTable table, PostgresRead read, long batch, long time, long now) => new()
    {
        Batch = batch,
        Table = read.Table,
        File = table.Relation,
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

    private static LandPostgresPayload PayloadOf(IngestContext context, Register register, long batch)
    {
        var source = (PostgresSource)context.Integration.Source;
        return new()
        {
            Host = source.Host,
            Port = source.Port,
            Database = source.Database,
            User = source.User,
            Password = source.Password,
            UnitFolder = context.UnitFolder,
            Batch = batch,
            Tables = [.. context.Integration.Tables.Select(t => TableOf(t, register))],
        };
    }

    /// <summary>
    /// Without a cursor's value on record the whole table was read, whether it has a cursor or had no row with one, and
    /// what was read then is what reading the whole table again is compared with. A table whose relation or cursor
    /// changed in the manifest, or that has no cursor any more, is read whole and lands.
    /// </summary>
    private static PostgresTable TableOf(IntegrationTable table, Register register)
    {
        RegisterEntry? last = register.FilesOf(table.Name).LastOrDefault();
        string cursor = CursorOf(table);
        string[] state = last?.StateHash?.Split(':', 3) ?? [];

        // Registers of earlier versions do not name the column; its values were of this one as far as can be known.
        bool same = last is not null && last.File == table.Relation
            && (last.Cursor is null || (cursor.Length > 0 && (state.Length < 3 || state[2] == cursor)));
        return new(
            table.Name, table.Relation, cursor, table.CursorOverlap, same ? last!.Cursor : null,
            same && state.Length > 1 ? $"{state[0]}:{state[1]}" : null);
    }

    /// <summary>What reading again gives, and by which column where a cursor's value says from where.</summary>
    private static string StateOf(IntegrationTable table, PostgresRead read) =>
        read.Cursor is null ? read.State : $"{read.State}:{CursorOf(table)}";

    /// <summary>The cursor as the source calls it; empty for none.</summary>
    private static string CursorOf(IntegrationTable table) =>
        table.Rename.GetValueOrDefault(table.Cursor, table.Cursor);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Ingest.Landing;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Engine.Ingest;

/// <summary>
/// Lands the new data of an integration: source to raw, batch by batch. A batch exists once the register has it; what
/// an
/// ended run left behind without that is landed again under the same number.
/// </summary>
internal static class LandStep
{
    /// <summary>Runs the step.</summary>
    public static Task<StepOutcome> ExecuteAsync(StepContext context, CancellationToken cancellationToken) =>
        ExecuteAsync(IngestContext.Of(context), cancellationToken);

    /// <summary>Runs the step.</summary>
    /// <exception cref="LandfallException">LF426x, LF427x: the source cannot be landed as it is.</exception>
    public static Task<StepOutcome> ExecuteAsync(IngestContext context, CancellationToken cancellationToken) =>
        context.Integration.Source is FilesSource
            ? LandFilesAsync(context, cancellationToken)
            : Postgres.PostgresLanding.LandAsync(context, cancellationToken);

    /// <summary>Removes what an ended run left of a batch that is not registered.</summary>
    public static void ClearBatch(IngestContext context, long batch)
    {
        foreach (IntegrationTable table in context.Integration.Tables)
        {
            string folder = Path.Combine(context.UnitFolder, RawPaths.BatchFolder(table.Name, batch));
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Makes the names of a batch's folders durable, from the batch up.</summary>
    public static void SyncBatch(IngestContext context, IEnumerable<string> tables)
    {
        foreach (string table in tables.Distinct())
        {
            PosixCalls.FSyncFolder(Path.Combine(context.UnitFolder, table));
        }

        PosixCalls.FSyncFolder(context.UnitFolder);
    }

    private static async Task<StepOutcome> LandFilesAsync(IngestContext context, CancellationToken cancellationToken)
    {
        Register register = await Register.LoadAsync(context.Lake, context.UnitFolder, cancellationToken);
        PendingFiles pending = PendingFiles.Find(context.Integration, context.Locations, register);
        if (pending.Files.Length == 0)
        {
            return StepOutcome.Nothing("no new files");
        }

        context.Started(pending.Reason);
        long files = 0;
        long bytes = 0;
        long rows = 0;
        foreach (ImmutableArray<LandFile> some in FileDiscovery.Batches(pending.Files))
        {
            ImmutableArray<RegisterEntry> landed = await LandBatchAsync(
                context, register, pending.Folder, some, cancellationToken);
            files += landed.Length;
            bytes += landed.Sum(f => f.Size);
            rows += landed.Sum(f => f.Rows ?? 0);
            register = await Register.LoadAsync(context.Lake, context.UnitFolder, cancellationToken);
        }

        return files == 0
            ? StepOutcome.Nothing("files were touched, their content is the same")
            : new()
            {
                State = StepState.Done,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{files} new files"),
                Version = register.Snapshot!.Version,
                Rows = rows,
                Bytes = bytes,
            };
    }

    /// <summary>Returns what is new of the batch: content that its path does not have yet.</summary>
    private static async Task<ImmutableArray<RegisterEntry>> LandBatchAsync(
        IngestContext context, Register register, string folder, ImmutableArray<LandFile> files,
        CancellationToken cancellationToken)
    {
        long batch = register.LastBatch + 1;
        ClearBatch(context, batch);
        LandFilesPayload payload = new() { Location = folder, UnitFolder = context.UnitFolder,
            Batch = batch, Files = files };
        WorkerTask task = new(
            LandFilesTask.TaskKind,
            JsonSerializer.SerializeToNode(payload, IngestJson.Default.LandFilesPayload)!,
            [folder],
            [.. files.Select(f => Path.Combine(context.UnitFolder, RawPaths.BatchFolder(f.Table, batch))).Distinct()]);
        JsonNode answer = await context.RunWorkerAsync(task, cancellationToken);
        LandFilesResult result = answer.Deserialize(IngestJson.Default.LandFilesResult)!;

        long now = UnixMicros.Of(context.Clock.GetUtcNow());
        ImmutableArray<RegisterEntry> entries =
            [.. result.Files.Select(f => EntryOf(register, f, batch, now))];
        RefuseRewritten(context.Integration, register, entries, batch);
        foreach (LandedFile again in result.Files.Where((_, i) => entries[i].Batch != batch))
        {
            PosixCalls.Unlink(Path.Combine(context.UnitFolder, again.Path));
        }

        SyncBatch(context, files.Select(f => f.Table));
        await register.AppendAsync(context, entries, cancellationToken);
        return [.. entries.Where(e => e.Batch == batch)];
    }

    /// <summary>
    /// Content that its path has already gets another row of its old batch with the new time, so that it is not hashed
    /// again.
    /// </summary>
    private static RegisterEntry EntryOf(Register register, LandedFile file, long batch, long now)
    {
        RegisterEntry? old = register.Entries.LastOrDefault(e => e.Table == file.Source.Table
            && e.File == file.Source.File);
        bool touched = old is not null && old.Sha256 == file.Sha256;
        return new()
        {
            Batch = touched ? old!.Batch : batch,
            Table = file.Source.Table,
            File = file.Source.File,
            Path = touched ? old!.Path : file.Path,
            Size = file.Source.Size,
            Modified = file.Source.Modified,
            Sha256 = file.Sha256,
            SourceTime = touched ? old!.SourceTime : file.Source.SourceTime,
            Rows = file.Rows,
            LandedAt = now,
        };
    }

    private static void RefuseRewritten(
        Integration integration, Register register, ImmutableArray<RegisterEntry> entries, long batch)
    {
        HashSet<(string, string)> landed = [.. register.Entries.Select(e => (e.Table, e.File))];
        string[] rewritten =
        [
            .. entries.Where(e => e.Batch == batch && landed.Contains((e.Table, e.File))
                    && integration.Tables.Single(t => t.Name == e.Table).OnRewrite == RewritePolicy.Fail)
                .Select(e => e.File),
        ];
        if (rewritten.Length > 0)
        {
            throw new LandfallException(
                IngestCodes.Rewritten,
                $"Files that were landed have new content, and their table says onRewrite: fail: "
                + $"{string.Join(", ", rewritten.Take(20))}. Nothing of the batch was landed; the tables are as "
                + "they were. "
                + "Restore the files at the source, or allow it with onRewrite: replace or append.");
        }
    }
}

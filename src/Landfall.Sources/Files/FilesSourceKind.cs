using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Sources;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Sources.Files;

/// <summary>Files below a location: landed byte by byte, new ones and those with new content.</summary>
public sealed class FilesSourceKind : ISourceKind
{
    /// <summary>More than this is not read for a plan: the run itself will say.</summary>
    private const long PeekBytesMax = 256L << 20;

    /// <inheritdoc/>
    public ISourceManifest Manifest { get; } = new FilesManifest();

    /// <inheritdoc/>
    public IReadOnlyList<IWorkerTask> Tasks { get; } = [new LandFilesTask()];

    /// <inheritdoc/>
    public LandOutlook Look(
        Integration integration, IReadOnlyDictionary<string, string> locations, Register register)
    {
        PendingFiles pending = PendingFiles.Find(integration, locations, register);
        return pending.Files.Length == 0 ? new(WillLand: false, pending.Reason)
            : register.Snapshot is null || pending.Files.Sum(f => f.Size) > PeekBytesMax
                ? new(WillLand: true, pending.Reason)
                : new(WillLand: null, pending.Reason);
    }

    /// <inheritdoc/>
    public async Task<StepOutcome> LandAsync(IStepHost host, CancellationToken cancellationToken)
    {
        Register register = await Register.LoadAsync(host, cancellationToken);
        bool all = host.VerifiesSources || host.FullRefresh;
        PendingFiles pending = PendingFiles.Find(host.Node.Integration!, host.Locations, register, all);
        if (pending.Files.Length == 0)
        {
            return StepOutcome.Nothing(pending.Reason) with { LeftOut = pending.LeftOut };
        }

        host.Started(pending.Reason);
        long files = 0;
        long bytes = 0;
        long rows = 0;
        List<LeftOut> leftOut = [.. pending.LeftOut];
        foreach (ImmutableArray<LandFile> some in FileDiscovery.Batches(pending.Files))
        {
            ImmutableArray<RegisterEntry> landed = await LandBatchAsync(
                host, register, pending.Folder, some, leftOut, cancellationToken);
            files += landed.Length;
            bytes += landed.Sum(f => f.Size);
            rows += landed.Sum(f => f.Rows ?? 0);
            register = await Register.LoadAsync(host, cancellationToken);
        }

        return files == 0
            ? StepOutcome.Nothing(leftOut.Count > 0 ? pending.Reason : "the content of the files is as it was") with
            {
                LeftOut = [.. leftOut],
            }
            : new()
            {
                LeftOut = [.. leftOut],
                State = StepState.Done,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{files} new files"),
                Version = register.Snapshot!.Version,
                Rows = rows,
                Bytes = bytes,
            };
    }

    /// <summary>Returns what is new of the batch: content that its path does not have yet.</summary>
    private static async Task<ImmutableArray<RegisterEntry>> LandBatchAsync(
        IStepHost host, Register register, string folder, ImmutableArray<LandFile> files, List<LeftOut> leftOut,
        CancellationToken cancellationToken)
    {
        long batch = register.LastBatch + 1;
        RawBatch.Clear(host, batch);
        LandFilesPayload payload = new() { UnitFolder = RawPaths.FolderOf(host), Batch = batch, Files = files };
        WorkerTask task = new(
            LandFilesTask.TaskKind,
            JsonSerializer.SerializeToNode(payload, IngestJson.Default.LandFilesPayload)!,
            [PosixCalls.RealPath(folder).Path ?? folder],
            [.. files.Select(f => RawPaths.FolderOf(host, f.Table, batch)).Distinct()]);
        JsonNode answer = await host.RunWorkerAsync(task, cancellationToken);
        LandFilesResult result = answer.Deserialize(IngestJson.Default.LandFilesResult)!;

        FileDiscovery.RefuseBad(host.Node.Integration!, result.LeftOut);
        leftOut.AddRange(result.LeftOut);
        long now = UnixMicros.Of(host.Clock.GetUtcNow());
        Dictionary<(string, string), RegisterEntry> known = [];
        foreach (RegisterEntry entry in register.Entries)
        {
            known[(entry.Table, entry.File)] = entry;
        }

        ImmutableArray<RegisterEntry> entries =
        [
            .. result.Files.Select(f => EntryOf(
                known.GetValueOrDefault((f.Source.Table, f.Source.File)), f, batch, now)),
        ];
        RefuseRewritten(host.Node.Integration!, known, entries, batch);
        foreach (LandedFile again in result.Files.Where((_, i) => entries[i].Batch != batch))
        {
            PosixCalls.Unlink(Path.Combine(RawPaths.FolderOf(host), again.Path));
        }

        // What was only compared is in the register as it is.
        ImmutableArray<RegisterEntry> news =
        [
            .. entries.Where(e => !known.TryGetValue((e.Table, e.File), out RegisterEntry? old)
                || (old.Sha256, old.Size, old.Modified) != (e.Sha256, e.Size, e.Modified)),
        ];
        if (news.Length > 0)
        {
            RawBatch.Sync(host, news.Where(e => e.Batch == batch).Select(e => e.Table));
            await register.AppendAsync(host, news, cancellationToken);
        }

        return [.. entries.Where(e => e.Batch == batch)];
    }

    /// <summary>
    /// Content that its path has already gets another row of its old batch with the new time, so that it is not hashed
    /// again.
    /// </summary>
    private static RegisterEntry EntryOf(RegisterEntry? old, LandedFile file, long batch, long now)
    {
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
        Integration integration, Dictionary<(string, string), RegisterEntry> known,
        ImmutableArray<RegisterEntry> entries, long batch)
    {
        string[] rewritten =
        [
            .. entries.Where(e => e.Batch == batch && known.ContainsKey((e.Table, e.File))
                    && integration.Tables.Single(t => t.Name == e.Table).Reading
                        is FilesReading { OnRewrite: RewritePolicy.Fail })
                .Select(e => e.File),
        ];
        if (rewritten.Length > 0)
        {
            throw new LandfallException(
                IngestCodes.Rewritten,
                $"Files that were landed have new content, and their table says onRewrite: fail: "
                + $"{string.Join(", ", rewritten.Take(20))}. Nothing of the batch was landed; the tables are as "
                + "they were. Restore the files at the source, or allow it with onRewrite: replace or append.");
        }
    }
}

using System.Collections.Concurrent;
using Landfall.Engine.Formats.Compression;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Sources.Files;

/// <summary>
/// Copies the files of a batch into raw byte for byte, hashes them and checks compressed ones to their last byte, in a
/// worker. The copies are durable when it ends; the batch exists once the orchestrator registers it.
/// </summary>
internal sealed class LandFilesTask()
    : JsonTask<LandFilesPayload, LandFilesResult>(
        LandFilesTask.TaskKind, IngestJson.Default.LandFilesPayload, IngestJson.Default.LandFilesResult)
{
    private const int Named = 20;

    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "land-files";

    /// <inheritdoc/>
    protected override async Task<LandFilesResult> RunAsync(
        LandFilesPayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        ProgressMeter progress = new(context, request.Files.Sum(f => f.Size));
        FileCopyResult?[] results = new FileCopyResult?[request.Files.Length];
        ConcurrentBag<string> damaged = [];
        CreateFolders(request);
        ParallelOptions options = new() { MaxDegreeOfParallelism = context.Threads,
            CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, request.Files.Length, options, (i, token) =>
        {
            LandFile file = request.Files[i];
            try
            {
                results[i] = FileCopy.Copy(
                    Path.Combine(request.Location, file.File), PathOf(request, file), file,
                    bytes => progress.Add(0, bytes), token);
            }
            catch (DamagedFileException problem)
            {
                damaged.Add($"{file.File} ({problem.Message})");
            }

            return ValueTask.CompletedTask;
        });
        Refuse(damaged);
        SyncFolders(request);
        return new()
        {
            Files = [.. request.Files.Select((f, i) =>
                new LandedFile(f, RelativePath(request, f), results[i]!.Sha256, results[i]!.Rows))],
            CopySeconds = results.Sum(r => r!.CopySeconds),
            CheckSeconds = results.Sum(r => r!.CheckSeconds),
        };
    }

    private static string RelativePath(LandFilesPayload land, LandFile file) =>
        RawPaths.Of(file.Table, land.Batch, file.File);

    private static string PathOf(LandFilesPayload land, LandFile file) =>
        Path.Combine(land.UnitFolder, RelativePath(land, file));

    private static void CreateFolders(LandFilesPayload land)
    {
        foreach (string folder in land.Files.Select(f => Path.GetDirectoryName(PathOf(land, f))!).Distinct())
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>
    /// Names become durable from the leaves up to the batch's folder; those above are the orchestrator's.
    /// </summary>
    private static void SyncFolders(LandFilesPayload land)
    {
        HashSet<string> folders = [];
        foreach (LandFile file in land.Files)
        {
            string top = Path.Combine(land.UnitFolder, RawPaths.BatchFolder(file.Table, land.Batch));
            string folder = Path.GetDirectoryName(PathOf(land, file))!;
            while (folders.Add(folder) && folder != top)
            {
                folder = Path.GetDirectoryName(folder)!;
            }
        }

        foreach (string folder in folders.OrderByDescending(f => f.Length))
        {
            PosixCalls.FSyncFolder(folder);
        }
    }

    private static void Refuse(ConcurrentBag<string> damaged)
    {
        if (damaged.IsEmpty)
        {
            return;
        }

        IEnumerable<string> named = damaged.Order(StringComparer.Ordinal).Take(Named);
        string more = damaged.Count > Named ? $", and {damaged.Count - Named} more" : "";
        throw new LandfallException(
            IngestCodes.Damaged,
            $"Compressed source files are not whole: {string.Join(", ", named)}{more}. Nothing of their batch was "
            + "landed; the tables are as they were. Have the source send the files again or take them away, then run "
            + "again.");
    }
}

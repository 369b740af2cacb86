using System.Collections.Concurrent;
using Landfall.Engine.Formats.Compression;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Sources.Files;

/// <summary>
/// Copies the files of a batch into raw byte for byte, hashes them and checks compressed ones to their last byte, in a
/// worker. The copies are durable when it ends; the batch exists once the orchestrator registers it.
/// </summary>
internal sealed class LandFilesTask()
    : JsonTask<LandFilesPayload, LandFilesResult>(LandFilesTask.TaskKind, IngestJson.Default)
{
    /// <summary>Files from which on one call that makes all of them durable costs less than one each.</summary>
    private const int Many = 64;

    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "land-files";

    /// <inheritdoc/>
    protected override async Task<LandFilesResult> RunAsync(
        LandFilesPayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        ProgressMeter progress = new(context, request.Files.Sum(f => f.Size));
        FileCopyResult?[] results = new FileCopyResult?[request.Files.Length];
        ConcurrentBag<LeftOut> bad = [];
        bool together = request.Files.Length >= Many;
        CreateFolders(request);
        ParallelOptions options = new() { MaxDegreeOfParallelism = context.Threads,
            CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, request.Files.Length, options, (i, token) =>
        {
            LandFile file = request.Files[i];
            results[i] = TryCopy(request, file, bad, !together, bytes => progress.Add(0, bytes), token);
            return ValueTask.CompletedTask;
        });
        Sync(request, together);
        return new()
        {
            Files =
            [
                .. request.Files.Zip(results).Where(f => f.Second is not null).Select(f => new LandedFile(
                    f.First, RelativePath(request, f.First), f.Second!.Sha256, f.Second.Rows)),
            ],
            LeftOut = [.. bad.OrderBy(l => l.Name, StringComparer.Ordinal)],
            CopySeconds = results.Sum(r => r?.CopySeconds ?? 0),
            CheckSeconds = results.Sum(r => r?.CheckSeconds ?? 0),
        };
    }

    /// <summary>Copies a file; null where it is bad, which keeps no other from landing.</summary>
    private static FileCopyResult? TryCopy(
        LandFilesPayload request, LandFile file, ConcurrentBag<LeftOut> bad, bool syncs, Action<int> progress,
        CancellationToken cancellationToken)
    {
        string target = PathOf(request, file);
        try
        {
            return FileCopy.Copy(file.Path, target, file, syncs, progress, cancellationToken);
        }
        catch (DamagedFileException problem)
        {
            bad.Add(new(file.File, IngestCodes.Damaged, problem.Message));
        }
        catch (BadFileException problem)
        {
            bad.Add(new(file.File, problem.Code, problem.Message));
        }

        PosixCalls.Unlink(target);
        return null;
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
    /// Many files become durable together, names too; else each is already, and their names follow.
    /// </summary>
    private static void Sync(LandFilesPayload land, bool together)
    {
        if (together && PosixCalls.SyncFileSystem(Path.GetDirectoryName(PathOf(land, land.Files[0]))!))
        {
            return;
        }

        foreach (LandFile file in land.Files.Where(f => together && File.Exists(PathOf(land, f))))
        {
            PosixCalls.FSyncFile(PathOf(land, file));
        }

        SyncFolders(land);
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
}

using Landfall.DuckDb;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb;

/// <summary>DuckDB as workers have it: settings pinned and locked, nothing outside its folders.</summary>
public static class WorkerDuckDb
{
    /// <summary>
    /// Opens a new DuckDB database in memory that can touch the given folders only and whose settings are locked:
    /// UTC, nulls as Spark orders them, no extensions, the pool's threads and three quarters of its memory.
    /// </summary>
    /// <param name="context">The pool's limits and the scratch folder.</param>
    /// <param name="readFolders">Folders or files that SQL may read; the worker's sandbox keeps them unchanged.</param>
    /// <param name="writeFolders">Folders that SQL may read and write.</param>
    /// <param name="keepOrder">
    /// Whether rows keep the order of their input where no ORDER BY says otherwise, which costs memory.
    /// </param>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public static DuckDbConnection OpenDuckDb(
        this WorkerContext context, IEnumerable<string> readFolders, IEnumerable<string> writeFolders,
        bool keepOrder = true)
    {
        using DuckDbDatabase database = Open(context, [.. readFolders, .. writeFolders], keepOrder);
        return database.Connect();
    }

    /// <summary>As <see cref="OpenDuckDb"/>, for a task whose threads need a connection each.</summary>
    /// <param name="context">The pool's limits and the scratch folder.</param>
    /// <param name="readFolders">Folders or files that SQL may read.</param>
    /// <param name="writeFolders">Folders that SQL may read and write.</param>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public static DuckDbDatabase OpenDatabase(
        this WorkerContext context, IEnumerable<string> readFolders, IEnumerable<string> writeFolders) =>
        Open(context, [.. readFolders, .. writeFolders], keepOrder: false);

    private static DuckDbDatabase Open(WorkerContext context, IReadOnlyCollection<string> paths, bool keepOrder)
    {
        DuckDbDatabase database = Databases.Open(
            WorkerLimits.DuckDbMemory(context.MemoryBytes), context.Threads, Settings(context, keepOrder));
        try
        {
            using DuckDbConnection connection = database.Connect();
            connection.Execute($"set allowed_directories = {Texts(paths.Where(p => !File.Exists(p)).Select(Folder))}");
            connection.Execute($"set allowed_paths = {Texts(paths.Where(File.Exists))}");

            // The order matters: paths can no longer be allowed after the first, and nothing be set after the second.
            connection.Execute("set enable_external_access = false");
            connection.Execute("set lock_configuration = true");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> Settings(WorkerContext context, bool keepOrder) => new()
    {
        ["temp_directory"] = Path.Combine(context.ScratchFolder, "duckdb"),
        ["max_temp_directory_size"] = $"{new DriveInfo(context.ScratchFolder).AvailableFreeSpace / 2}B",

        // Its home is the scratch folder: settings, extensions and secrets of a person are not a worker's.
        ["home_directory"] = context.ScratchFolder,
        ["default_null_order"] = "nulls_first_on_asc_last_on_desc",
        ["integer_division"] = "false",
        ["preserve_insertion_order"] = keepOrder ? "true" : "false",
    };

    private static string Folder(string path) => Path.TrimEndingDirectorySeparator(path) + "/";

    private static string Texts(IEnumerable<string> values) =>
        $"[{string.Join(", ", values.Select(SqlText.Literal))}]";
}

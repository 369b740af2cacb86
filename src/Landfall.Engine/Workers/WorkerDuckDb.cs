using Landfall.DuckDb;

namespace Landfall.Engine.Workers;

/// <summary>DuckDB as workers have it: settings pinned and locked, nothing outside its folders.</summary>
internal static class WorkerDuckDb
{
    public static DuckDbConnection Open(WorkerContext context, IReadOnlyCollection<string> paths, bool keepOrder)
    {
        using DuckDbDatabase database = OpenDatabase(context, paths, keepOrder);
        return database.Connect();
    }

    public static DuckDbDatabase OpenDatabase(WorkerContext context, IReadOnlyCollection<string> paths, bool keepOrder)
    {
        DuckDbDatabase database = DuckDbDatabase.Open(null, Settings(context, keepOrder));
        try
        {
            using DuckDbConnection connection = database.Connect();
            connection.Execute("set global TimeZone = 'UTC'");
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
        ["threads"] = $"{context.Threads}",
        ["memory_limit"] = $"{WorkerLimits.DuckDbMemory(context.MemoryBytes)}B",
        ["temp_directory"] = Path.Combine(context.ScratchFolder, "duckdb"),
        ["max_temp_directory_size"] = $"{new DriveInfo(context.ScratchFolder).AvailableFreeSpace / 2}B",

        // Its home is the scratch folder: settings, extensions and secrets of a person are not a worker's.
        ["home_directory"] = context.ScratchFolder,
        ["default_null_order"] = "nulls_first_on_asc_last_on_desc",
        ["integer_division"] = "false",
        ["preserve_insertion_order"] = keepOrder ? "true" : "false",
        ["autoload_known_extensions"] = "false",
        ["autoinstall_known_extensions"] = "false",
        ["allow_community_extensions"] = "false",
        ["allow_persistent_secrets"] = "false",
    };

    private static string Folder(string path) => Path.TrimEndingDirectorySeparator(path) + "/";

    private static string Texts(IEnumerable<string> values) =>
        $"[{string.Join(", ", values.Select(v => $"'{v.Replace("'", "''")}'"))}]";
}

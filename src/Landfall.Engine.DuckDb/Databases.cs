using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb;

/// <summary>
/// The one place that opens databases of DuckDB. Each has a bound on its memory, a number of threads and the time zone
/// UTC, and loads no extension by itself.
/// </summary>
public static class Databases
{
    private const long Mebibyte = 1L << 20;

    /// <summary>Opens a database in memory for what Landfall itself reads and writes: small tables and logs.</summary>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public static DuckDbDatabase Small() => Open(512 * Mebibyte, threads: 1);

    /// <summary>Opens a database in memory for whole tables: queries, checks, compaction.</summary>
    /// <param name="temporaryFolder">Where it writes what memory does not hold; DuckDB's default without one.</param>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public static DuckDbDatabase Large(string? temporaryFolder = null) => Open(
        2048 * Mebibyte,
        Environment.ProcessorCount,
        temporaryFolder is null
            ? null
            : new Dictionary<string, string>(StringComparer.Ordinal) { ["temp_directory"] = temporaryFolder });

    /// <summary>Opens a database in memory.</summary>
    /// <param name="memoryBytes">What it may hold before it writes to a temporary folder, or fails without one.</param>
    /// <param name="threads">Threads that compute at once.</param>
    /// <param name="settings">Further settings by name; they win over those made here.</param>
    /// <exception cref="DuckDbException">DuckDB refuses a setting.</exception>
    public static DuckDbDatabase Open(
        long memoryBytes, int threads, IReadOnlyDictionary<string, string>? settings = null)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["threads"] = $"{threads}",
            ["memory_limit"] = $"{memoryBytes}B",
            ["autoload_known_extensions"] = "false",
            ["autoinstall_known_extensions"] = "false",
            ["allow_community_extensions"] = "false",
            ["allow_persistent_secrets"] = "false",
        };
        foreach ((string name, string value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            all[name] = value;
        }

        DuckDbDatabase database = DuckDbDatabase.Open(null, all);
        try
        {
            using DuckDbConnection connection = database.Connect();
            connection.Execute("set global TimeZone = 'UTC'");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}

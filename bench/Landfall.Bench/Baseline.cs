using System.Diagnostics;
using System.Globalization;
using Landfall.DuckDb;

namespace Landfall.Bench;

/// <summary>DuckDB alone on a file of SQL: prints seconds and the process's peak memory in bytes.</summary>
internal static class Baseline
{
    public static int Run(string sqlFile)
    {
        string sql = File.ReadAllText(sqlFile);
        long start = Stopwatch.GetTimestamp();
        using (DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string,
            string> { ["threads"] = "2" }))
        {
            using DuckDbConnection connection = database.Connect();
            connection.Execute("set TimeZone = 'UTC'");
            connection.Execute(sql);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long peak = Process.GetCurrentProcess().PeakWorkingSet64;
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds} {peak}"));
        return 0;
    }
}

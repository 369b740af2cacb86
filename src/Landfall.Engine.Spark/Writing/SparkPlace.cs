using Landfall.Engine.Spark.Connect;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Engine.Spark.Writing;

/// <summary>
/// Whether Spark and Landfall mean the same folder by the same path: each writes a file there that the other reads.
/// </summary>
internal static class SparkPlace
{
    private const string View = "landfall_probe";

    /// <summary>Writes, lists and reads a file in a folder, through Spark and back.</summary>
    /// <param name="session">The session.</param>
    /// <param name="folder">An existing folder that the worker may write.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LandfallException">LF4345: they do not see the same folder.</exception>
    public static async Task ProbeAsync(SparkSession session, string folder, CancellationToken cancellationToken)
    {
        string token = $"{Guid.NewGuid():n}";
        string ours = Path.Combine(folder, $"probe-{token}.txt");
        string theirs = Path.Combine(folder, $"probe-{token}");
        try
        {
            PosixStorageCalls.Instance.Write(ours, System.Text.Encoding.ASCII.GetBytes(token)).Dispose();
            if (!await SeesAsync(session, ours, token, cancellationToken))
            {
                throw NotSeenThere(folder);
            }

            _ = await session.WriteAsync(
                new($"select '{token}' as value", theirs) { Format = "text" }, null, cancellationToken);
            bool isHere = Directory.Exists(theirs)
                && Directory.EnumerateFiles(theirs, "part-*").Any(f => File.ReadAllText(f).Trim() == token);
            if (!isHere)
            {
                throw NotSeenHere(folder);
            }
        }
        finally
        {
            PosixStorageCalls.Instance.Unlink(ours);
            if (Directory.Exists(theirs))
            {
                Directory.Delete(theirs, recursive: true);
            }
        }
    }

    /// <summary>What Spark wrote is not where it was told to.</summary>
    public static LandfallException NotSeenHere(string folder) => new(
        SparkEngineCodes.Place,
        $"Spark says that it wrote to {folder}, and nothing is there: it has another folder under that path. "
        + Advice);

    private static LandfallException NotSeenThere(string folder) => new(
        SparkEngineCodes.Place,
        $"A file that Landfall wrote to {folder} is not there for Spark: it does not see the lake under that path. "
        + Advice);

    private const string Advice = "Nothing was committed; every table is as it was. Give the driver and the executors "
        + "of Spark the lake under the same path, and the right to write in it, for example by a shared mount; "
        + "'landfall doctor' tries it.";

    private static async Task<bool> SeesAsync(
        SparkSession session, string path, string token, CancellationToken cancellationToken)
    {
        try
        {
            await session.CreateViewAsync(View, new("text", "value string", [path]), cancellationToken);
            SparkRows rows = await session.QueryAsync($"select value from {View}", cancellationToken);
            return rows.Rows is [[string found]] && found == token;
        }
        catch (SparkException)
        {
            // Spark has many words for a file that is not there.
            return false;
        }
    }
}

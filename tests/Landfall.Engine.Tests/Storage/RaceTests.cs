using System.Diagnostics;
using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Testing.Delta;
using Xunit.Abstractions;

namespace Landfall.Engine.Tests.Storage;

/// <summary>Processes that commit to one table at the same time.</summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private static readonly string[] Writers = ["a", "b", "c", "d"];

    [Fact]
    public async Task Race_FourWritersOf3000_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        long started = TimeProvider.System.GetTimestamp();

        Dictionary<string, List<(long Version, long Number)>> acknowledged = await RunAsync(folder.Path, 3000, "safe");

        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine($"{12_000 / elapsed.TotalSeconds:F0} commits/s");
        Assert.Empty(await ViolationsAsync(folder.Path, acknowledged, 3000));
    }

    [Fact]
    public async Task Race_WithRenameForLink_IsFoundOut()
    {
        for (int round = 0; round < 5; round++)
        {
            using var folder = new TemporaryFolder();
            Dictionary<string,
                List<(long Version, long Number)>> acknowledged = await RunAsync(folder.Path, 1000, "rename");
            if ((await ViolationsAsync(folder.Path, acknowledged, 1000)).Count > 0)
            {
                output.WriteLine($"Found out in round {round + 1}.");
                return;
            }
        }

        Assert.Fail("20,000 commits did not show that rename overwrites: the harness is blind.");
    }

    private static async Task<Dictionary<string, List<(long Version, long Number)>>> RunAsync(
        string table, int commits, string store)
    {
        var results = await Task.WhenAll(Writers.Select(w => RunAsync(table, w, commits, store)));
        return Writers.Zip(results).ToDictionary(r => r.First, r => r.Second);
    }

    private static async Task<List<(
        long Version, long Number)>> RunAsync(string table, string writer, int commits, string store)
    {
        using Process process = HarnessProcess.Start(
            "race", table, writer, commits.ToString(CultureInfo.InvariantCulture), store);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        List<(long Version, long Number)> acknowledged = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == "ACK")
            {
                acknowledged.Add((
                    long.Parse(words[1], CultureInfo.InvariantCulture),
                        long.Parse(words[2], CultureInfo.InvariantCulture)));
            }
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return acknowledged;
    }

    /// <summary>Every acknowledged version must be the commit of the writer that was told so.</summary>
    private static async Task<List<string>> ViolationsAsync(
        string table, Dictionary<string, List<(long Version, long Number)>> acknowledged, int commits)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        var oracle = new TableOracle(table, database);
        (IReadOnlyList<CommitSummary> log, IReadOnlyList<string> found) = await oracle.CheckLogOnlyAsync();
        List<string> violations = [.. found];
        if (log.Count != (Writers.Length * commits) + 1)
        {
            violations.Add($"{Writers.Length * commits} commits were acknowledged, the log has {log.Count - 1}");
        }

        Snapshot? snapshot = await oracle.Table.TryLoadAsync(null, CancellationToken.None);
        foreach ((string writer, List<(long Version, long Number)> own) in acknowledged)
        {
            violations.AddRange(own
                .Where(a => snapshot?.FindFile($"{writer}/{a.Number}.parquet") is null)
                .Select(a => $"version {a.Version} was acknowledged to {writer}, its file is not in the table"));
        }

        return violations;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Landfall.Server.Harness;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Server.Tests.Exposures;

/// <summary>
/// A server that is killed with SIGKILL at random moments, again and again: what it answered more than a second before
/// is in the tables once, and nothing is there twice.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 5;

    [Fact]
    public async Task Kill_AtRandomMoments_LosesAtMostASecondAndRepeatsNothing()
    {
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        using TemporaryFolder folder = new();
        Random random = seed.Generator();
        Answers answers = new();
        int[] left = new int[Kills];
        for (int i = 0; i < Kills; i++)
        {
            await KillOnceAsync(folder.Path, "safe", TimeSpan.FromMilliseconds(random.Next(1_100, 4_000)), answers);
            left[i] = ServedFolder.Segments(folder.Path).Length;
        }

        Answers last = new();
        using (ServerProcess server = await ServerProcess.StartAsync(folder.Path, "safe"))
        {
            await CallAsync(server, last, TimeSpan.FromMilliseconds(200));
            await server.StopAsync();
        }

        Findings findings = await CompareAsync(folder.Path, answers, last);
        output.WriteLine($"{seed}: {answers.All.Count} answers, {findings}");
        output.WriteLine($"{left.Count(n => n > 0)} kills left rows in no table, {left.Count(n => n > 1)} while a "
            + "segment was committed");

        // Where everything is committed, a kill tries nothing.
        Assert.True(left.Count(n => n > 0) >= Kills / 2, $"{seed}: segments left: {string.Join(", ", left)}");
        Assert.True(answers.All.Count > 500, $"{answers.All.Count} answers");
        Assert.Equal((0, 0, 0), (findings.LostOld, findings.LostAfterStop, findings.Repeated));
    }

    [Fact]
    public async Task Kill_OfALogThatNeverSyncs_NegativeControl_IsNoticed()
    {
        using TemporaryFolder folder = new();
        Answers answers = new();
        await KillOnceAsync(folder.Path, "lazy", TimeSpan.FromSeconds(2.5), answers);
        using (ServerProcess server = await ServerProcess.StartAsync(folder.Path, "safe"))
        {
            await server.StopAsync();
        }

        Findings findings = await CompareAsync(folder.Path, answers, new());
        Assert.True(findings.LostOld > 100, $"{findings.LostOld} lost of {answers.All.Count}");
    }

    private static async Task KillOnceAsync(string folder, string mode, TimeSpan after, Answers answers)
    {
        using ServerProcess server = await ServerProcess.StartAsync(folder, mode);
        Answers own = new();
        await Task.WhenAll(CallAsync(server, own, TimeSpan.FromMinutes(1)), KillAsync());
        long killed = own.Ended;
        foreach ((string id, (int items, long at)) in own.All)
        {
            bool isOld = Stopwatch.GetElapsedTime(at, killed) > TimeSpan.FromSeconds(1);
            answers.All[id] = (items, isOld ? 0 : 1);
        }

        async Task KillAsync()
        {
            // The moment of the kill is what is tried.
            await Task.Delay(after);
            own.Ended = Stopwatch.GetTimestamp();
            await server.KillAsync();
        }
    }

    /// <summary>Four callers, until the server is gone or the time is over.</summary>
    private static async Task CallAsync(ServerProcess server, Answers answers, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async caller =>
        {
            for (int i = 0; Stopwatch.GetElapsedTime(start) < time; i++)
            {
                string body = $$"""{"account_ids":["account-{{(i * 4) + caller}}","somebody"],"k":3}""";
                try
                {
                    using HttpResponseMessage response = await server.Client.PostAsync(
                        "/endpoints/cloud/score", new StringContent(body, Encoding.UTF8, "application/json"));
                    byte[] bytes = await response.Content.ReadAsByteArrayAsync();
                    response.EnsureSuccessStatusCode();
                    answers.Add(bytes, Stopwatch.GetTimestamp());
                }
                catch (Exception e) when (e is HttpRequestException { StatusCode: null } or IOException)
                {
                    return;
                }
            }
        }));
    }

    private static async Task<Findings> CompareAsync(string folder, Answers killed, Answers stopped)
    {
        IReadOnlyList<object?[]> rows = await StoredTableRows.ReadAsync(ServedFolder.ExposureOf(folder));
        Dictionary<string, int> found = rows.GroupBy(r => (string)r[0]!).ToDictionary(g => g.Key, g => g.Count());
        int repeated = rows.GroupBy(r => ((string)r[0]!, (string)r[5]!)).Count(g => g.Count() > 1);
        return new(
            killed.All.Count(a => a.Value.Mark == 0 && !IsWhole(a)),
            stopped.All.Count(a => !IsWhole(a)),
            repeated,
            killed.All.Count(a => a.Value.Mark == 1 && !IsWhole(a)),
            rows.Count);

        bool IsWhole(KeyValuePair<string, (int Items, long Mark)> answer) =>
            found.GetValueOrDefault(answer.Key) == answer.Value.Items;
    }

    private sealed record Findings(int LostOld, int LostAfterStop, int Repeated, int LostYoung, int Rows);

    /// <summary>Recommendations received: how many items were logged, and when, or whether it counts as old.</summary>
    private sealed class Answers
    {
        public ConcurrentDictionary<string, (int Items, long Mark)> All { get; } = [];

        public long Ended { get; set; }

        public void Add(byte[] response, long at)
        {
            using JsonDocument document = JsonDocument.Parse(response);
            foreach (JsonElement r in document.RootElement.GetProperty("recommendations").EnumerateArray())
            {
                // A holdout's ghosts are logged, though the answer has none of them.
                All[r.GetProperty("recommendation_id").GetString()!] = (3, at);
            }
        }
    }
}

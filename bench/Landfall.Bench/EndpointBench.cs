using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Landfall.Bench;

/// <summary>
/// The endpoint under open-loop load, key check and exposure log on, beside Kestrel with nothing behind it: the highest
/// rate at which 99 of 100 answers come within 25 ms of when they were due. Then champions are swapped under load.
/// </summary>
internal static class EndpointBench
{
    private const double LimitMilliseconds = 25;
    private const double Growth = 1.35;

    /// <summary>A rate counts as held where one of so many attempts holds it: other programs of the machine disturb.
    /// </summary>
    private const int Attempts = 3;

    public static async Task RunAsync(BenchHome home)
    {
        double empty = await HighestAsync(home, "empty", "empty Kestrel endpoint");
        double full = await HighestAsync(home, "full", "endpoint, keys and exposure log on");
        Row("endpoint beside the empty one", $"{full / empty:F2} of its rate (aim: 0.50)");
        using Process server = Start(home, "swap", out int port, out string key);
        Load load = new(home.Size, port, Requests(key));
        await load.WarmUpAsync();
        _ = await load.RunAsync(full / 2);
        LoadResult swapped = await load.RunAsync(full / 2, times: 2);
        BenchHome.Require(swapped.Failures == 0, "an answer to every request while champions change");
        Row("half of that while champions change 20 times a second", swapped.ToString());
        Row("its exposures", Stop(server, load.Answers));
    }

    private static async Task<double> HighestAsync(BenchHome home, string kind, string what)
    {
        using Process server = Start(home, kind, out int port, out string key);
        Load load = new(home.Size, port, Requests(key));
        await load.WarmUpAsync();
        LoadResult? best = null;
        double low = 0;
        double high = 0;
        for (double rate = 500; rate <= home.Size.RateMax && (high == 0 || high / low > 1.1);
            rate = high == 0 ? rate * Growth : (low + high) / 2)
        {
            LoadResult result = await load.RunAsync(rate);
            for (int attempt = 1; attempt < Attempts && !Holds(result); attempt++)
            {
                result = await load.RunAsync(rate);
            }

            if (Holds(result))
            {
                (best, low) = (result, rate);
            }
            else if (low == 0)
            {
                (best, low) = (result, result.Rate);
                break;
            }
            else
            {
                high = rate;
            }
        }

        Row($"{what}, highest rate with p99 ≤ 25 ms", best!.ToString());
        if (kind == "full")
        {
            Row("its exposures", Stop(server, load.Answers));
        }
        else
        {
            _ = Stop(server, 0);
        }

        return best.Rate;
    }

    private static bool Holds(LoadResult result) => result.P99 <= LimitMilliseconds && result.Failures == 0;

    private static byte[][] Requests(string key) =>
    [
        .. Enumerable.Range(0, 1_000).Select(i =>
        {
            string body = $$"""{"account_id":"account-{{i * 7 % EndpointServer.Accounts}}","k":10}""";
            return Encoding.ASCII.GetBytes(
                $"POST /endpoints/cloud/score HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        }),
    ];

    private static Process Start(BenchHome home, string kind, out int port, out string key)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [typeof(EndpointBench).Assembly.Location, "endpoint-server", kind, Path.Combine(home.Folder, kind)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string[] ready = process.StandardOutput.ReadLine()!.Split(' ');
        port = int.Parse(ready[0], CultureInfo.InvariantCulture);
        key = ready[1];
        return process;
    }

    /// <summary>Every answer is an exposure that was taken, or is counted as dropped.</summary>
    private static string Stop(Process server, long answers)
    {
        server.StandardInput.Close();
        string[] counts = server.StandardOutput.ReadToEnd().Trim().Split(' ');
        server.WaitForExit();
        if (counts.Length != 2)
        {
            return "";
        }

        BenchHome.Require(counts.Sum(long.Parse) == answers, $"{answers} exposures taken or dropped");
        return $"{counts[0]} recommendations taken, {counts[1]} dropped";
    }

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-64} {figure}");

    /// <summary>Loads one server, and counts what it answered.</summary>
    private sealed class Load(BenchSize size, int port, byte[][] requests)
    {
        public long Answers { get; private set; }

        public async Task<LoadResult> RunAsync(double rate, int times = 1)
        {
            LoadResult result = await LoadGenerator.RunAsync(port, requests, (int)rate, times * size.LoadSeconds);
            Answers += result.Answers;
            return result;
        }

        /// <summary>Lets the server compile what it runs often.</summary>
        public async Task WarmUpAsync()
        {
            foreach (int rate in size.WarmUpRates)
            {
                _ = await RunAsync(rate);
            }
        }
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relecloud.Application;

namespace Relecloud.Sources.Tests.Telemetry;

public sealed class TelemetryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relecloud-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_HoldTheSharesThatTruthSays()
    {
        Simulate(0.03, 60);
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.FullName, "truth.json")));
        JsonElement counts = truth.RootElement.GetProperty("telemetry");
        Dictionary<string, string> events = [];
        int lines = 0, duplicates = 0, late = 0, bad = 0, notJson = 0;
        foreach ((DateTime hour, string line) in Lines())
        {
            lines++;
            if (Moment(line) is not { } moment)
            {
                bad++;
                notJson += line.StartsWith('{') ? 0 : 1;
            }
            else if (!events.TryAdd(moment.Id, line))
            {
                duplicates++;
                Assert.Equal(events[moment.Id], line);
                Assert.InRange(hour - moment.Time, TimeSpan.FromHours(-1), TimeSpan.FromHours(72));
            }
            else
            {
                TimeSpan after = hour - moment.Time;
                late += after > TimeSpan.Zero ? 1 : 0;
                Assert.InRange(after, TimeSpan.FromHours(-1), TimeSpan.FromHours(48));
            }
        }

        Assert.Equal(lines, counts.GetProperty("lines").GetInt32());
        Assert.Equal(events.Count, counts.GetProperty("unique_events").GetInt32());
        Assert.Equal(duplicates, counts.GetProperty("duplicates").GetInt32());
        Assert.Equal(late, counts.GetProperty("late").GetInt32());
        JsonElement malformed = counts.GetProperty("malformed");
        Assert.Equal(bad, malformed.EnumerateObject().Sum(p => p.Value.GetInt32()));
        Assert.Equal(notJson, malformed.GetProperty("not_json").GetInt32());
        Assert.InRange(late / (double)events.Count, 0.018, 0.022);
        Assert.InRange(duplicates / (double)events.Count, 0.0043, 0.0057);
        Assert.InRange(bad, 5, 40);
        Assert.InRange(events.Count, 175_000, 200_000);
    }

    [Fact]
    public void Lines_OfASeed_NeverChange()
    {
        Simulate(0.002, 12);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, string line) in Lines())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        // Kept across versions: a seed names the same company everywhere. Change it only on purpose.
        Assert.Equal("cc67c3b7a7f6cac9", Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void Snapshots_ShowAccountsComeAndGoAndAServiceListThatSeldomChanges()
    {
        Simulate(0.02, 180);
        string folder = Path.Combine(_folder.FullName, "cloud-accounts");
        string[] services = [.. Directory.GetFiles(Path.Combine(folder, "services")).Order(StringComparer.Ordinal)];
        string[] accounts = [.. Directory.GetFiles(Path.Combine(folder, "accounts")).Order(StringComparer.Ordinal)];
        Assert.Equal((180, 180), (services.Length, accounts.Length));
        Assert.InRange(services.Select(File.ReadAllText).Distinct().Count(), 4, 14);
        Assert.Equal(144 + 1, File.ReadLines(services[0]).Count());
        Assert.Equal(150 + 1, File.ReadLines(services[^1]).Count());
        string[] last = File.ReadAllLines(accounts[^1]);
        Assert.InRange(last.Length, 95, 105);
        Assert.Contains(last, l => l.EndsWith(",closed", StringComparison.Ordinal));
        Assert.Contains(last, l => l.Contains("\"\"blue\"\"", StringComparison.Ordinal));
        int customers = last.Skip(1).Select(l => l.Split(',')[1]).Distinct().Count();
        Assert.InRange(customers, 20, 60);
        // Billing meters and units stay.
        Dictionary<string, string> first = File.ReadLines(services[0]).ToDictionary(l => l.Split(',')[0], Billing);
        Assert.All(
            File.ReadLines(services[^1]),
            l => Assert.Equal(first.GetValueOrDefault(l.Split(',')[0], Billing(l)), Billing(l)));
        static string Billing(string line) => string.Join(',', line.Split(',')[3..]);
    }

    private void Simulate(double scale, int days)
    {
        SourcesState state = new() { Seed = 3, Scale = scale, Start = new DateOnly(2026, 1, 20), Days = 0 };
        using Storage.SourceFolder folder = new(_folder.FullName);
        DayByDay simulation = new(state, folder, new RecommenderAdviser());
        for (int day = 0; day < days; day++)
        {
            simulation.Live(day, write: true);
        }

        simulation.WriteTruth(days - 1);
    }

    // With the end of the hour in which they arrived.
    private IEnumerable<(DateTime Hour, string Line)> Lines()
    {
        string folder = Path.Combine(_folder.FullName, "telemetry");
        string[] files = Directory.GetFiles(folder, "*.gz", SearchOption.AllDirectories);
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(file);
            DateTime hour = DateTime.ParseExact(name[10..23], "yyyy-MM-dd'T'HH", null);
            Assert.EndsWith($"telemetry/{hour:yyyy}/{hour:MM}/{hour:dd}/{name}", file, StringComparison.Ordinal);
            using StreamReader lines = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (lines.ReadLine() is { } line)
            {
                yield return (hour, line);
            }
        }
    }

    private static (string Id, DateTime Time)? Moment(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement e = json.RootElement;
            return e.TryGetProperty("event_id", out JsonElement id)
                && e.GetProperty("event_time").TryGetDateTime(out DateTime time)
                && e.GetProperty("quantity").ValueKind == JsonValueKind.Number
                    ? (id.GetString()!, time)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

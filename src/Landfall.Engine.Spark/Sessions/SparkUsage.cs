using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Engine.Spark.Sessions;

/// <summary>
/// What the executors of Spark used for a session, by its tag, from the REST API of Spark's web interface:
/// <c>/api/v1/applications/ID/{jobs,stages}</c> (https://spark.apache.org/docs/latest/monitoring.html#rest-api).
/// </summary>
internal static class SparkUsage
{
    private const double NanosecondsInASecond = 1e9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What was used; where Spark does not say, an estimate: the session's time on all cores. Never throws.
    /// </summary>
    /// <param name="engine">Where Spark says what it used.</param>
    /// <param name="session">The session.</param>
    /// <param name="wall">How long it was used; zero where nobody knows.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<RemoteUsage> OfAsync(
        RemoteEngine engine, string session, TimeSpan wall, CancellationToken cancellationToken)
    {
        RemoteUsage estimate = new(wall.TotalSeconds * engine.Cores, wall.TotalSeconds, 0, 0, 0, IsEstimate: true);
        if (engine.Ui.Length == 0)
        {
            return estimate;
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using HttpClient client = new() { BaseAddress = new(engine.Ui) };
            return await AskAsync(client, SparkStep.TagOf(session), wall, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException
            or InvalidOperationException or FormatException)
        {
            // A meter that cannot be read fails no step.
            return estimate;
        }
    }

    private static async Task<RemoteUsage> AskAsync(
        HttpClient client, string tag, TimeSpan wall, CancellationToken cancellationToken)
    {
        JsonArray applications = await GetAsync(client, "api/v1/applications", cancellationToken);
        string application = $"api/v1/applications/{(string)applications[0]!["id"]!}";
        JsonNode[] jobs = await JobsAsync(client, application, tag, cancellationToken);
        HashSet<int> stages = [.. jobs.SelectMany(j => j["stageIds"]!.AsArray()).Select(s => (int)s!)];
        JsonNode[] done =
        [
            .. (await GetAsync(client, application + "/stages", cancellationToken))
                .Where(s => stages.Contains((int)s!["stageId"]!)).Select(s => s!),
        ];
        long Sum(string field) => done.Sum(s => (long?)s[field] ?? 0);
        return new(
            Sum("executorCpuTime") / NanosecondsInASecond, wall > TimeSpan.Zero ? wall.TotalSeconds : WallOf(jobs),
            Sum("inputBytes"), Sum("shuffleReadBytes") + Sum("shuffleWriteBytes"), Sum("outputBytes"),
            IsEstimate: false);
    }

    /// <summary>The jobs with a tag, once none of them is running: Spark counts a little behind.</summary>
    private static async Task<JsonNode[]> JobsAsync(
        HttpClient client, string application, string tag, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonNode[] jobs =
            [
                .. (await GetAsync(client, application + "/jobs", cancellationToken))
                    .Where(j => HasTag(j!, tag)).Select(j => j!),
            ];
            if (jobs.All(j => (string?)j["status"] != "RUNNING"))
            {
                return jobs;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    /// <summary>Spark puts user and session before an operation's tag.</summary>
    private static bool HasTag(JsonNode job, string tag) => job["jobTags"] is JsonArray tags
        && tags.Any(t => ((string)t!).EndsWith(tag, StringComparison.Ordinal));

    private static double WallOf(JsonNode[] jobs)
    {
        DateTimeOffset[] starts = [.. jobs.Select(j => TimeOf(j, "submissionTime")).OfType<DateTimeOffset>()];
        DateTimeOffset[] ends = [.. jobs.Select(j => TimeOf(j, "completionTime")).OfType<DateTimeOffset>()];
        return starts.Length == 0 || ends.Length == 0 ? 0 : Math.Max(0, (ends.Max() - starts.Min()).TotalSeconds);
    }

    /// <summary>For example <c>2026-03-01T10:15:02.123GMT</c>.</summary>
    private static DateTimeOffset? TimeOf(JsonNode job, string field) =>
        (string?)job[field] is { } text && DateTimeOffset.TryParseExact(
            text.Replace("GMT", "Z", StringComparison.Ordinal), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : null;

    private static async Task<JsonArray> GetAsync(
        HttpClient client, string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await client.GetAsync(path, cancellationToken);
        _ = answer.EnsureSuccessStatusCode();
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return (await JsonNode.ParseAsync(body, cancellationToken: cancellationToken))!.AsArray();
    }
}

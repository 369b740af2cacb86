using System.Globalization;
using System.Text.Json.Nodes;

namespace Landfall.Testing;

/// <summary>What a Spark works at, asked at its REST interface.</summary>
public static class SparkJobs
{
    /// <summary>How many jobs run, for some time at least.</summary>
    /// <param name="rest">The interface, as in <c>http://127.0.0.1:4040/</c>.</param>
    /// <param name="since">For how long; any time unless given.</param>
    public static async Task<int> RunningAsync(Uri rest, TimeSpan since = default)
    {
        using HttpClient client = new() { BaseAddress = rest };
        JsonNode applications = JsonNode.Parse(await client.GetStringAsync("api/v1/applications"))!;
        JsonNode jobs = JsonNode.Parse(await client.GetStringAsync(
            $"api/v1/applications/{applications[0]!["id"]}/jobs?status=running"))!;
        return jobs.AsArray().Count(
            j => since == default || TimeOf(j!["submissionTime"]!) <= DateTimeOffset.UtcNow - since);
    }

    private static DateTimeOffset TimeOf(JsonNode text) => DateTimeOffset.ParseExact(
        (string)text!, "yyyy-MM-dd'T'HH:mm:ss.fff'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

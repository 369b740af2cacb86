using System.Text.Json;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Storage;

namespace Relecloud.Sources.Application;

/// <summary>
/// Writes what the application was served and what it reported, by day, as JSON Lines: an object an exposure or a
/// report, with the columns of the recommender's tables. Days without any have no file.
/// </summary>
internal sealed class ApplicationFiles(World world, SourceFolder folder)
{
    /// <summary>Writes a day's files.</summary>
    public void Write(int day, OutsideApplication application)
    {
        string date = $"{world.DateOf(day):yyyy-MM-dd}";
        Write($"application/{date}.jsonl", day, application.Exposures, WriteExposure);
        Write($"application/feedback-{date}.jsonl", day, application.Feedback, WriteFeedback);
    }

    private void Write<T>(string path, int day, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        if (rows.Count == 0)
        {
            return;
        }

        folder.Write(path, world.At(day, 86_400), stream =>
        {
            foreach (T row in rows)
            {
                using (Utf8JsonWriter json = new(stream))
                {
                    json.WriteStartObject();
                    write(json, row);
                    json.WriteEndObject();
                }

                stream.WriteByte((byte)'\n');
            }
        });
    }

    private static void WriteExposure(Utf8JsonWriter json, Exposure row)
    {
        json.WriteString("recommendation_id", row.RecommendationId);
        json.WriteNumber("rank", row.Rank);
        json.WriteString("served_at", Instant(row.ServedAt));
        json.WriteString("account_id", row.AccountId);
        json.WriteString("customer_id", row.CustomerId);
        json.WriteString("service_id", row.ServiceId);
        json.WriteNumber("score", row.Score);
        json.WriteNull("probability");
        json.WriteString("reason", row.Reason);
        json.WriteNumber("model_version", row.ModelVersion);
        json.WriteString("deployment", row.Deployment);
        json.WriteString("arm", row.Arm);
        json.WriteBoolean("fallback", row.Fallback);
    }

    private static void WriteFeedback(Utf8JsonWriter json, Feedback row)
    {
        json.WriteString("recommendation_id", row.RecommendationId);
        json.WriteString("service_id", row.ServiceId);
        json.WriteString("kind", row.Kind);
        json.WriteString("occurred_at", Instant(row.OccurredAt));
    }

    private static string Instant(DateTime time) => $"{time:yyyy-MM-ddTHH:mm:ssZ}";
}

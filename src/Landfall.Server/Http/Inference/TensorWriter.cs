using System.Text.Json;
using Landfall.Recommender.Scoring;
using Landfall.Server.Scoring;

namespace Landfall.Server.Http.Inference;

/// <summary>
/// Writes recommendations as tensors: of shape [n] what there is once a row, of shape [n, k] what there is for each
/// service. Rows with fewer than k services, which <c>count</c> tells, are filled up with empty texts and -1.
/// </summary>
internal static class TensorWriter
{
    /// <summary>What stands where there is no number: JSON has no NaN.</summary>
    private const double Nothing = -1;

    /// <summary>Writes the property <c>outputs</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyCollection<string> wanted, ScoredSubject[] scored)
    {
        int columns = 0;
        foreach (ScoredSubject subject in scored)
        {
            columns = Math.Max(columns, subject.Shown.Length);
        }

        writer.WriteStartArray("outputs");
        foreach (string name in wanted)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("datatype", TypeOf(name));
            writer.WriteStartArray("shape");
            writer.WriteNumberValue(scored.Length);
            if (IsPerService(name))
            {
                writer.WriteNumberValue(columns);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("data");
            foreach (ScoredSubject subject in scored)
            {
                WriteRow(writer, name, subject, columns);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The datatype of a tensor.</summary>
    public static string TypeOf(string name) => name switch
    {
        "fallback" => "BOOL",
        "count" => "INT32",
        "score" or "probability" => "FP64",
        _ => "BYTES",
    };

    /// <summary>Whether a tensor has an element for each service, and not one a row.</summary>
    public static bool IsPerService(string name) => name is "service_id" or "score" or "probability" or "reason";

    private static void WriteRow(Utf8JsonWriter writer, string name, ScoredSubject subject, int columns)
    {
        switch (name)
        {
            case "recommendation_id":
                writer.WriteStringValue(subject.Recommendation.RecommendationId);
                return;
            case "arm":
                writer.WriteStringValue(subject.Recommendation.Arm);
                return;
            case "fallback":
                writer.WriteBooleanValue(subject.Recommendation.Fallback);
                return;
            case "count":
                writer.WriteNumberValue(subject.Shown.Length);
                return;
        }

        ReadOnlySpan<Suggestion> shown = subject.Shown;
        for (int i = 0; i < columns; i++)
        {
            Suggestion? service = i < shown.Length ? shown[i] : null;
            switch (name)
            {
                case "service_id":
                    writer.WriteStringValue(service?.Service ?? "");
                    break;
                case "score":
                    writer.WriteNumberValue(service?.Score ?? Nothing);
                    break;
                case "probability":
                    writer.WriteNumberValue(service?.Probability ?? Nothing);
                    break;
                default:
                    writer.WriteStringValue(service is not null ? ScoreBodies.Sentence(service) : "");
                    break;
            }
        }
    }
}

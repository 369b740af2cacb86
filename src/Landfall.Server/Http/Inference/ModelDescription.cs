using System.Globalization;
using System.Text.Json;

namespace Landfall.Server.Http.Inference;

/// <summary>What the Open Inference Protocol says of a model.</summary>
internal static class ModelDescription
{
    /// <summary>Writes a model's metadata; -1 stands for any size.</summary>
    public static void Write(Utf8JsonWriter writer, string name, int[] versions)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteStartArray("versions");
        foreach (int version in versions)
        {
            writer.WriteStringValue(version.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteEndArray();
        writer.WriteString("platform", "landfall-recommender");
        writer.WriteStartArray("inputs");
        WriteTensor(writer, "account_id", "BYTES", 1);
        WriteTensor(writer, "services", "BYTES", 2);
        WriteTensor(writer, "exclude", "BYTES", 1);
        writer.WriteEndArray();
        writer.WriteStartArray("outputs");
        foreach (string output in Tensors.OutputNames)
        {
            WriteTensor(writer, output, TensorWriter.TypeOf(output), TensorWriter.IsPerService(output) ? 2 : 1);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter writer, string name, string type, int dimensions)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("datatype", type);
        writer.WriteStartArray("shape");
        for (int i = 0; i < dimensions; i++)
        {
            writer.WriteNumberValue(-1);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

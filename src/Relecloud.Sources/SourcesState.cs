using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relecloud.Sources;

/// <summary>What source systems there are: <c>state.json</c> in their folder.</summary>
public sealed partial record SourcesState
{
    internal const string FileName = "state.json";

    /// <summary>What all chance followed from.</summary>
    public required long Seed { get; init; }

    /// <summary>Their size.</summary>
    public required double Scale { get; init; }

    /// <summary>The first simulated day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Days delivered whole.</summary>
    public required int Days { get; init; }

    /// <summary>Reads the state of a folder; null where no simulator has been.</summary>
    /// <exception cref="SourcesException">The file cannot be understood.</exception>
    public static SourcesState? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), StateJson.Default.SourcesState);
        }
        catch (JsonException e)
        {
            throw new SourcesException(
                $"{path} cannot be understood: {e.Message} The source systems were left as they are. Remove the folder "
                + "to make them anew; the same seed, scale and start give the same files.",
                e);
        }
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StateJson.Default.SourcesState);

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(SourcesState))]
    private sealed partial class StateJson : JsonSerializerContext;
}

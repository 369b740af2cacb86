using System.Text.Json;
using System.Text.Json.Serialization;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Server.Keys;

/// <summary>
/// The file that holds an endpoint's keys: JSON with <c>primary</c> and <c>secondary</c>, readable by its owner alone.
/// </summary>
/// <param name="path">Absolute path.</param>
public sealed class KeyFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file of an endpoint in a home.</summary>
    public static KeyFile Of(string homeFolder, string endpoint) =>
        new(Path.Combine(homeFolder, "endpoints", endpoint + ".keys.json"));

    /// <summary>Absolute path.</summary>
    public string FilePath { get; } = path;

    /// <summary>The keys; new ones, written durably, where there is no file yet.</summary>
    /// <exception cref="LandfallException"><c>LF4422</c>: others may read the file, or it holds no keys.</exception>
    public async Task<EndpointKeys> ReadOrCreateAsync()
    {
        if (!File.Exists(FilePath))
        {
            string temporary = WriteTemporary(EndpointKeys.Create());

            // Whoever was first gave the file its keys.
            _ = PosixCalls.Link(temporary, FilePath);
            PosixCalls.Unlink(temporary);
            PosixCalls.FSyncFolder(Path.GetDirectoryName(FilePath)!);
        }

        return await ReadAsync();
    }

    /// <summary>The keys.</summary>
    /// <exception cref="LandfallException">
    /// <c>LF4422</c>: the file is missing, others may read it, or it holds no keys.
    /// </exception>
    public async Task<EndpointKeys> ReadAsync()
    {
        if (!File.Exists(FilePath))
        {
            throw Unusable("is missing");
        }

        if ((File.GetUnixFileMode(FilePath) & ~OwnerOnly) != UnixFileMode.None)
        {
            throw Unusable("can be used by others than its owner");
        }

        KeyPair? pair = null;
        try
        {
            pair = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(FilePath), KeyJson.Default.KeyPair);
        }
        catch (JsonException)
        {
            // Said below, without what the file holds.
        }

        return pair is not null && EndpointKeys.IsKey(pair.Primary) && EndpointKeys.IsKey(pair.Secondary)
            ? new(pair.Primary!, pair.Secondary!)
            : throw Unusable("does not hold two keys");
    }

    /// <summary>Replaces the keys durably; a running endpoint takes them up within seconds.</summary>
    public void Write(EndpointKeys keys) =>
        DurableFiles.Publish(PosixStorageCalls.Instance, WriteTemporary(keys), FilePath);

    private string WriteTemporary(EndpointKeys keys)
    {
        PosixCalls.CreateFolder(Path.GetDirectoryName(FilePath)!);
        string temporary = $"{FilePath}.{Guid.NewGuid():n}.tmp";
        PrivateFile.Create(
            temporary,
            JsonSerializer.SerializeToUtf8Bytes(
                new KeyPair(keys.Primary, keys.Secondary), KeyJson.Default.KeyPair));
        PosixCalls.FSyncFile(temporary);
        return temporary;
    }

    private LandfallException Unusable(string why) => new(
        "LF4422",
        $"The key file {FilePath} {why}. Keys that a running endpoint knows stay good. Give it mode 0600, or delete it "
        + "and make new keys with: landfall recommender keys");
}

/// <summary>JSON of key files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(KeyPair))]
internal sealed partial class KeyJson : JsonSerializerContext;

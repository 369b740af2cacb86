using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Serving.Postgres;

/// <summary>What a data folder remembers of its server: <c>server.json</c> and <c>superuser.password</c>.</summary>
internal sealed partial record ServerNotes
{
    private const string FileName = "server.json";
    private const string PasswordFileName = "superuser.password";

    /// <summary>The port chosen for it; null before its first start.</summary>
    public int? Port { get; init; }

    /// <summary>The account that owns the cluster.</summary>
    public required ServerAccount Account { get; init; }

    /// <summary>The folder with <c>cluster</c> and <c>lib</c>: the data folder, or one that the account can reach.
    /// </summary>
    public required string Place { get; init; }

    public static ServerNotes? Read(string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), NotesJson.Default.ServerNotes)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new LandfallException(
                PostgresCodes.StateDamaged,
                $"{path}, the notes of the embedded PostgreSQL server, cannot be read: {e.Message} The database was "
                + "not touched. Stop the server if it runs, remove the file and start again: another port is chosen.",
                e);
        }
    }

    public void Write(string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        PrivateFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, NotesJson.Default.ServerNotes));
    }

    /// <summary>The superuser's password: generated at first, then kept, in a file that only its owner reads.</summary>
    public static string Password(string dataFolder)
    {
        string path = Path.Combine(dataFolder, PasswordFileName);
        if (!File.Exists(path))
        {
            PrivateFile.Replace(path, Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(48, lowercase: true)));
        }

        return File.ReadAllText(path).Trim();
    }

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(ServerNotes))]
    private sealed partial class NotesJson : JsonSerializerContext;
}

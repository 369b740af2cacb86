using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Landfall.Estate;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Packages;

/// <summary>
/// Packages as files in the safetensors format (github.com/huggingface/safetensors): the length of a header in 8 bytes,
/// the header as JSON, then little-endian float64 tensors <c>weights</c> [n, n] (left out for a model of popularity
/// alone), <c>prior</c>, <c>accounts</c> and <c>fallback</c> [n], <c>calibration.scores</c> and
/// <c>calibration.probabilities</c> [m]. The header's <c>__metadata__</c> has <c>format</c>
/// (<c>landfall-model-1</c>), <c>name</c>, <c>options</c>, <c>trained_through</c> and <c>services</c>, the last two as
/// JSON. Equal packages have equal bytes.
/// </summary>
public static class PackageFile
{
    private const string Format = "landfall-model-1";
    private const int LongestHeader = 100_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a package, not durably.</summary>
    /// <returns>The file's SHA-256 in lower-case hexadecimal digits.</returns>
    public static string Write(ModelPackage package, string path)
    {
        (string Name, double[] Values, int[] Shape)[] tensors = [.. TensorsOf(package)];
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(HeaderOf(package, tensors), Json);
        byte[] padding = new byte[(8 - (header.Length % 8)) % 8];
        Array.Fill(padding, (byte)' ');
        using FileStream file = File.Create(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length + padding.Length);
        foreach (byte[] part in new[] { length, header, padding })
        {
            Put(file, hash, part);
        }

        foreach ((_, double[] values, _) in tensors)
        {
            Put(file, hash, MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads a package.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">What its bytes must hash to; null to take what is there.</param>
    /// <exception cref="LandfallException"><c>LF4404</c>: it is missing, cut off, changed, or no package.</exception>
    public static ModelPackage Read(string path, string? sha256)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return sha256 is not null && Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256
                ? throw Broken(path, "its bytes are not those that were registered")
                : Parse(bytes, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Broken(path, "it cannot be read");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException
            or KeyNotFoundException or FormatException or OverflowException)
        {
            throw Broken(path, "it is no package of this version");
        }
    }

    private static ModelPackage Parse(byte[] bytes, string path)
    {
        long length = bytes.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (length is < 2 or > LongestHeader || length > bytes.Length - 8)
        {
            throw Broken(path, "it is cut off");
        }

        JsonObject header = JsonNode.Parse(bytes.AsSpan(8, (int)length))!.AsObject();
        JsonNode facts = header["__metadata__"]!;
        if ((string?)facts["format"] != Format)
        {
            throw Broken(path, $"its format is not {Format}");
        }

        ReadOnlyMemory<byte> data = bytes.AsMemory(8 + (int)length);
        ImmutableArray<string> services =
            [.. JsonSerializer.Deserialize<string[]>((string)facts["services"]!, Json)!];
        double[]? Tensor(string name, int values) => header[name] is { } entry ? ValuesOf(entry, data, values) : null;
        int size = services.Length;
        double[] scores = Tensor("calibration.scores", -1)!;
        return new()
        {
            Name = (string)facts["name"]!,
            Options = JsonSerializer.Deserialize<ModelOptions>((string)facts["options"]!, Json)!,
            TrainedThrough = DateOnly.Parse((string)facts["trained_through"]!, CultureInfo.InvariantCulture),
            Services = services,
            Accounts = [.. Tensor("accounts", size)!],
            Model = new(size, Tensor("weights", checked(size * size)), Tensor("prior", size)),
            Fallback = [.. Tensor("fallback", size)!],
            Calibration = new([.. scores], [.. Tensor("calibration.probabilities", scores.Length)!]),
        };
    }

    private static double[] ValuesOf(JsonNode entry, ReadOnlyMemory<byte> data, int expected)
    {
        int from = (int)entry["data_offsets"]![0]!;
        int end = (int)entry["data_offsets"]![1]!;
        double[] values = MemoryMarshal.Cast<byte, double>(data.Span[from..end]).ToArray();
        return (string?)entry["dtype"] == "F64" && (expected < 0 || values.Length == expected)
            ? values
            : throw new FormatException("A tensor has another shape.");
    }

    private static JsonObject HeaderOf(
        ModelPackage package, IEnumerable<(string Name, double[] Values, int[] Shape)> tensors)
    {
        JsonObject header = new()
        {
            ["__metadata__"] = new JsonObject
            {
                ["format"] = Format,
                ["name"] = package.Name,
                ["options"] = JsonSerializer.Serialize(package.Options, Json),
                ["trained_through"] = package.TrainedThrough.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["services"] = JsonSerializer.Serialize(package.Services, Json),
            },
        };
        long offset = 0;
        foreach ((string name, double[] values, int[] shape) in tensors)
        {
            long end = offset + (values.LongLength * sizeof(double));
            header[name] = new JsonObject
            {
                ["dtype"] = "F64",
                ["shape"] = new JsonArray([.. shape.Select(s => (JsonNode)s)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        return header;
    }

    private static IEnumerable<(string Name, double[] Values, int[] Shape)> TensorsOf(ModelPackage package)
    {
        int size = package.Services.Length;
        if (package.Model.Weights is { } weights)
        {
            yield return ("weights", weights, [size, size]);
        }

        double[] prior = [.. Enumerable.Range(0, size).Select(package.Model.Prior)];
        yield return ("prior", prior, [size]);
        yield return ("accounts", [.. package.Accounts], [size]);
        yield return ("fallback", [.. package.Fallback], [size]);
        Calibration calibration = package.Calibration;
        yield return ("calibration.scores", [.. calibration.Scores], [calibration.Scores.Length]);
        yield return ("calibration.probabilities", [.. calibration.Probabilities], [calibration.Scores.Length]);
    }

    private static void Put(FileStream file, IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        hash.AppendData(bytes);
    }

    private static LandfallException Broken(string path, string why) => new(
        "LF4404",
        $"The model file {Path.GetFileName(path)} cannot be used: {why}. Nothing was loaded. Restore it from a copy, "
        + "or take another version: landfall recommender versions");
}

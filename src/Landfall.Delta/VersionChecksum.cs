using System.Text.Json;
using Landfall.Delta.Log;

namespace Landfall.Delta;

/// <summary>
/// What a writer says a version holds, in the file <c>N.crc</c> beside its log entry: a way to notice that a log was
/// damaged or that two implementations read it differently. What a writer left out is null. Immutable.
/// </summary>
public sealed record VersionChecksum
{
    /// <summary>The commit's id, <c>commitInfo.txnId</c>.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Bytes of all data files.</summary>
    public long? TableSizeBytes { get; init; }

    /// <summary>Data files.</summary>
    public long? NumFiles { get; init; }

    /// <summary>The schema and properties; null also where they are not readable.</summary>
    public TableMetadata? Metadata { get; init; }

    /// <summary>The protocol; null also where it is not readable.</summary>
    public TableProtocol? Protocol { get; init; }

    /// <summary>The checksum of a version.</summary>
    /// <param name="snapshot">The version.</param>
    /// <param name="transactionId">The id of the commit that made it; null where it is not known.</param>
    public static VersionChecksum Of(Snapshot snapshot, string? transactionId) => new()
    {
        TransactionId = transactionId,
        TableSizeBytes = snapshot.State.Bytes,
        NumFiles = snapshot.State.Files.Count,
        Metadata = snapshot.Metadata,
        Protocol = snapshot.Protocol,
    };

    /// <summary>Name of a version's checksum file in the log.</summary>
    public static string FileName(long version) => LogFiles.Prefix(version) + ".crc";

    /// <summary>
    /// Reads a checksum file. Fields that are not known are passed over; null where the content is no checksum, which
    /// a power cut may leave, since these files are not made durable.
    /// </summary>
    public static VersionChecksum? TryParse(ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            VersionChecksum checksum = new();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                checksum = ReadField(ref reader, checksum);
            }

            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? checksum : null;
        }
        catch (Exception e) when (
            e is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>
    /// What this checksum says that a version's state does not, as a phrase; null where they agree in all that is
    /// said.
    /// </summary>
    public string? Contradiction(Snapshot snapshot) =>
        NumFiles is { } files && files != snapshot.State.Files.Count
            ? $"it counts {files} data files, the log has {snapshot.State.Files.Count}"
        : TableSizeBytes is { } bytes && bytes != snapshot.State.Bytes
            ? $"it counts {bytes} bytes of data, the log has {snapshot.State.Bytes}"
        : Metadata is { } metadata && metadata.Id != snapshot.Metadata.Id
            ? "it is of a table with another id"
        : null;

    internal ReadOnlyMemory<byte> Encode()
    {
        using var writer = new ActionWriter();
        writer.Checksum(this);
        return writer.Written;
    }

    private static VersionChecksum ReadField(ref Utf8JsonReader reader, VersionChecksum checksum)
    {
        if (reader.ValueTextEquals("txnId"u8))
        {
            return checksum with { TransactionId = JsonFields.Text(ref reader) };
        }

        if (reader.ValueTextEquals("tableSizeBytes"u8))
        {
            return checksum with { TableSizeBytes = JsonFields.Long(ref reader) };
        }

        if (reader.ValueTextEquals("numFiles"u8))
        {
            return checksum with { NumFiles = JsonFields.Long(ref reader) };
        }

        bool metadata = reader.ValueTextEquals("metadata"u8);
        bool protocol = reader.ValueTextEquals("protocol"u8);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && metadata)
        {
            return checksum with { Metadata = ActionReader.ReadMetadata(ref reader) };
        }

        if (reader.TokenType == JsonTokenType.StartObject && protocol)
        {
            return checksum with { Protocol = ActionReader.ReadProtocol(ref reader) };
        }

        reader.Skip();
        return checksum;
    }
}

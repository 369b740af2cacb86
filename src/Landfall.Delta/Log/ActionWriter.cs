using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Landfall.Delta.Log;

/// <summary>Writes actions, one JSON object a line.</summary>
internal sealed class ActionWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public ActionWriter() => _json = new(_buffer, new() { Encoder = LogEncoder.Instance });

    /// <summary>Actions written.</summary>
    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>What was written, with its hash in the first action, a commitInfo that has a place for it.</summary>
    public ReadOnlyMemory<byte> WithChecksum()
    {
        byte[] content = _buffer.WrittenSpan.ToArray();
        CommitChecksum.Write(content);
        return content;
    }

    public void Info(JsonObject info)
    {
        Begin("commitInfo"u8);
        foreach ((string name, JsonNode? value) in info)
        {
            _json.WritePropertyName(name);
            if (value is null)
            {
                _json.WriteNullValue();
            }
            else
            {
                value.WriteTo(_json);
            }
        }

        End();
    }

    public void Protocol(TableProtocol protocol)
    {
        Begin("protocol"u8);
        ProtocolFields(protocol);
        End();
    }

    public void Metadata(TableMetadata metadata)
    {
        Begin("metaData"u8);
        MetadataFields(metadata);
        End();
    }

    /// <summary>Writes a checksum file's content, which is an object and no action.</summary>
    public void Checksum(VersionChecksum checksum)
    {
        _json.WriteStartObject();
        OptionalText("txnId"u8, checksum.TransactionId);
        OptionalNumber("tableSizeBytes"u8, checksum.TableSizeBytes);
        OptionalNumber("numFiles"u8, checksum.NumFiles);
        _json.WriteNumber("numMetadata"u8, 1);
        _json.WriteNumber("numProtocol"u8, 1);
        if (checksum.Metadata is { } metadata)
        {
            _json.WriteStartObject("metadata"u8);
            MetadataFields(metadata);
            _json.WriteEndObject();
        }

        if (checksum.Protocol is { } protocol)
        {
            _json.WriteStartObject("protocol"u8);
            ProtocolFields(protocol);
            _json.WriteEndObject();
        }

        EndLine();
    }

    private void ProtocolFields(TableProtocol protocol)
    {
        _json.WriteNumber("minReaderVersion"u8, protocol.MinReaderVersion);
        _json.WriteNumber("minWriterVersion"u8, protocol.MinWriterVersion);
        if (protocol.MinReaderVersion >= 3)
        {
            Texts("readerFeatures"u8, protocol.ReaderFeatures);
        }

        if (protocol.MinWriterVersion >= 7)
        {
            Texts("writerFeatures"u8, protocol.WriterFeatures);
        }
    }

    private void MetadataFields(TableMetadata metadata)
    {
        _json.WriteString("id"u8, metadata.Id);
        OptionalText("name"u8, metadata.Name);
        OptionalText("description"u8, metadata.Description);
        _json.WriteStartObject("format"u8);
        _json.WriteString("provider"u8, "parquet"u8);
        _json.WriteStartObject("options"u8);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteString("schemaString"u8, metadata.SchemaText);
        Texts("partitionColumns"u8, metadata.PartitionColumns);
        _json.WriteStartObject("configuration"u8);
        foreach ((string key, string value) in metadata.Configuration)
        {
            _json.WriteString(key, value);
        }

        _json.WriteEndObject();
        OptionalNumber("createdTime"u8, metadata.CreatedTime);
    }

    public void Transaction(AppTransaction transaction)
    {
        Begin("txn"u8);
        _json.WriteString("appId"u8, transaction.AppId);
        _json.WriteNumber("version"u8, transaction.Version);
        OptionalNumber("lastUpdated"u8, transaction.LastUpdated);
        End();
    }

    public void Add(AddFile file, bool dataChange)
    {
        Begin("add"u8);
        _json.WriteString("path"u8, file.LogPath ?? DataPath.Encode(file.Path));
        Map("partitionValues"u8, file.PartitionValues);
        _json.WriteNumber("size"u8, file.Size);
        _json.WriteNumber("modificationTime"u8, file.ModificationTime);
        _json.WriteBoolean("dataChange"u8, dataChange);
        if (file.Tags is { } tags)
        {
            Map("tags"u8, tags);
        }

        OptionalText("stats"u8, file.Statistics?.Json);
        End();
    }

    public void Remove(RemoveFile file, bool dataChange)
    {
        Begin("remove"u8);
        _json.WriteString("path"u8, file.LogPath ?? DataPath.Encode(file.Path));
        _json.WriteNumber("deletionTimestamp"u8, file.DeletionTimestamp);
        _json.WriteBoolean("dataChange"u8, dataChange);
        if (file.PartitionValues is { } values && file.Size is { } size)
        {
            _json.WriteBoolean("extendedFileMetadata"u8, true);
            Map("partitionValues"u8, values);
            _json.WriteNumber("size"u8, size);
        }

        End();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(ReadOnlySpan<byte> action)
    {
        _json.WriteStartObject();
        _json.WriteStartObject(action);
    }

    private void End()
    {
        _json.WriteEndObject();
        EndLine();
    }

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        Count++;
    }

    private void OptionalText(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    private void OptionalNumber(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    private void Texts(ReadOnlySpan<byte> name, ImmutableArray<string> values)
    {
        _json.WriteStartArray(name);
        foreach (string value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }

    private void Map(ReadOnlySpan<byte> name, ImmutableSortedDictionary<string, string?> values)
    {
        _json.WriteStartObject(name);
        foreach ((string key, string? value) in values)
        {
            _json.WriteString(key, value);
        }

        _json.WriteEndObject();
    }
}

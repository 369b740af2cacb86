using System.Collections.Immutable;
using System.Text.Json;

namespace Landfall.Delta.Log;

/// <summary>Reads actions, one JSON object a line. Unknown actions and fields are passed over.</summary>
internal static class ActionReader
{
    /// <summary>Reads a commit, or a checkpoint's actions.</summary>
    /// <exception cref="CorruptTableException">A line is no action, naming the file and line.</exception>
    /// <exception cref="UnsupportedTableException">A file has a deletion vector.</exception>
    public static CommitActions Read(ReadOnlyMemory<byte> content, long version, string name)
    {
        var commit = new CommitActions { Version = version };
        int number = 0;
        int from = 0;
        ReadOnlySpan<byte> span = content.Span;
        while (from < span.Length)
        {
            int length = span[from..].IndexOf((byte)'\n');
            length = length < 0 ? span.Length - from : length;
            number++;
            ReadOnlyMemory<byte> line = content.Slice(from, length);
            from += length + 1;
            if (!line.Span.IsEmpty && !line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                ReadLine(line, commit, name, number);
            }
        }

        return commit;
    }

    private static void ReadLine(ReadOnlyMemory<byte> line, CommitActions commit, string name, int number)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("an action is an object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadAction(ref reader, line, commit);
            }

            if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            {
                throw new JsonException("the action does not end where its line ends");
            }
        }
        catch (Exception e) when (
            e is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new CorruptTableException(LogFiles.Path(name), $"line {number} is not a whole action", e);
        }
    }

    private static void ReadAction(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, CommitActions commit)
    {
        if (reader.ValueTextEquals("add"u8))
        {
            if (Enter(ref reader))
            {
                commit.Adds.Add(FileActions.ReadAdd(ref reader));
            }
        }
        else if (reader.ValueTextEquals("remove"u8))
        {
            if (Enter(ref reader))
            {
                commit.Removes.Add(FileActions.ReadRemove(ref reader));
            }
        }
        else if (reader.ValueTextEquals("txn"u8))
        {
            if (Enter(ref reader))
            {
                commit.Transactions.Add(ReadTransaction(ref reader));
            }
        }
        else if (reader.ValueTextEquals("metaData"u8))
        {
            commit.Metadata = Enter(ref reader) ? ReadMetadata(ref reader) : commit.Metadata;
        }
        else if (reader.ValueTextEquals("protocol"u8))
        {
            commit.Protocol = Enter(ref reader) ? ReadProtocol(ref reader) : commit.Protocol;
        }
        else if (reader.ValueTextEquals("commitInfo"u8))
        {
            ReadInfo(ref reader, line, commit);
        }
        else if (reader.ValueTextEquals("sidecar"u8))
        {
            if (Enter(ref reader))
            {
                ReadSidecar(ref reader, commit);
            }
        }
        else if (reader.ValueTextEquals("checkpointMetadata"u8))
        {
            if (Enter(ref reader))
            {
                commit.IsWholeCheckpoint = true;
                SkipRest(ref reader);
            }
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>
    /// Whether the value is an object; stands on its start then. Checkpoints have null for other actions.
    /// </summary>
    private static bool Enter(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw new JsonException("an action's value is an object"),
        };
    }

    private static void ReadInfo(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, CommitActions commit)
    {
        if (!Enter(ref reader))
        {
            return;
        }

        int start = (int)reader.TokenStartIndex;
        long? inCommit = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The protocol leaves its fields to writers: what is of another kind says nothing.
            if (reader.ValueTextEquals("timestamp"u8))
            {
                commit.Timestamp = JsonFields.LongIfAny(ref reader);
            }
            else if (reader.ValueTextEquals("inCommitTimestamp"u8))
            {
                inCommit = JsonFields.LongIfAny(ref reader);
            }
            else if (reader.ValueTextEquals("txnId"u8))
            {
                commit.TransactionId = JsonFields.TextIfAny(ref reader);
            }
            else if (reader.ValueTextEquals("isBlindAppend"u8))
            {
                commit.IsBlindAppend = JsonFields.IsTrue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        commit.Timestamp = inCommit ?? commit.Timestamp;
        commit.Info = line[start..(int)reader.BytesConsumed];
    }

    /// <summary>The path's last name: sidecars are in a folder of their own.</summary>
    private static void ReadSidecar(ref Utf8JsonReader reader, CommitActions commit)
    {
        string? path = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("path"u8))
            {
                path = JsonFields.Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (path is not null)
        {
            commit.Sidecars.Add(DataPath.Decode(path[(path.LastIndexOf('/') + 1)..]));
        }
    }

    private static void SkipRest(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Skip();
        }
    }

    private static AppTransaction ReadTransaction(ref Utf8JsonReader reader)
    {
        string? appId = null;
        long? version = null;
        long? updated = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("appId"u8))
            {
                appId = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("lastUpdated"u8))
            {
                updated = JsonFields.Long(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return appId is not null && version is { } number
            ? new(appId, number, updated)
            : throw new JsonException("txn needs appId and version");
    }

    internal static TableProtocol ReadProtocol(ref Utf8JsonReader reader)
    {
        (long? minReader, long? minWriter) = (null, null);
        (ImmutableArray<string> readers, ImmutableArray<string> writers) = ([], []);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("minReaderVersion"u8))
            {
                minReader = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("minWriterVersion"u8))
            {
                minWriter = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("readerFeatures"u8))
            {
                readers = JsonFields.Texts(ref reader);
            }
            else if (reader.ValueTextEquals("writerFeatures"u8))
            {
                writers = JsonFields.Texts(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return minReader is { } r && minWriter is { } w
            ? new(checked((int)r), checked((int)w), readers, writers)
            : throw new JsonException("protocol needs minReaderVersion and minWriterVersion");
    }

    internal static TableMetadata ReadMetadata(ref Utf8JsonReader reader)
    {
        (string? id, string? name, string? description, string? schema) = (null, null, null, null);
        ImmutableArray<string> partitions = [];
        ImmutableSortedDictionary<string, string?>? configuration = null;
        long? created = null;
        string? provider = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                description = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("schemaString"u8))
            {
                schema = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("partitionColumns"u8))
            {
                partitions = JsonFields.Texts(ref reader);
            }
            else if (reader.ValueTextEquals("configuration"u8))
            {
                configuration = JsonFields.Map(ref reader);
            }
            else if (reader.ValueTextEquals("format"u8))
            {
                provider = ReadProvider(ref reader);
            }
            else if (reader.ValueTextEquals("createdTime"u8))
            {
                created = JsonFields.Long(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return id is null || schema is null
            ? throw new JsonException("metaData needs id and schemaString")
            : new()
            {
                Id = id,
                Name = name,
                Description = description,
                SchemaText = schema,
                PartitionColumns = partitions,
                Configuration = (configuration ?? AddFile.NoPartition)
                    .Where(c => c.Value is not null)
                    .ToImmutableSortedDictionary(c => c.Key, c => c.Value!, StringComparer.Ordinal),
                CreatedTime = created,
                Provider = provider ?? TableMetadata.Parquet,
            };
    }

    private static string? ReadProvider(ref Utf8JsonReader reader)
    {
        string? provider = null;
        if (!Enter(ref reader))
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("provider"u8))
            {
                provider = JsonFields.Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return provider;
    }
}

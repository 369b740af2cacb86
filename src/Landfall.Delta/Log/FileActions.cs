using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Delta.DeletionVectors;

namespace Landfall.Delta.Log;

/// <summary>Reads <c>add</c> and <c>remove</c> actions; the reader stands on the start of the object.</summary>
internal static class FileActions
{
    public static AddFile ReadAdd(ref Utf8JsonReader reader)
    {
        Fields fields = ReadFields(ref reader);
        return new()
        {
            Path = fields.PhysicalPath,
            LogPath = fields.LogPath,
            PartitionValues = fields.PartitionValues ?? AddFile.NoPartition,
            Size = fields.Size ?? throw new JsonException("add needs a size"),
            ModificationTime = fields.ModificationTime ?? 0,
            DataChange = fields.DataChange ?? true,
            Statistics = FileStatistics.Of(fields.Statistics),
            Tags = fields.Tags,
            DeletionVector = fields.DeletionVector,
        };
    }

    public static RemoveFile ReadRemove(ref Utf8JsonReader reader)
    {
        Fields fields = ReadFields(ref reader);
        return new()
        {
            Path = fields.PhysicalPath,
            LogPath = fields.LogPath,
            PartitionValues = fields.PartitionValues,
            Size = fields.Size,
            DeletionTimestamp = fields.DeletionTimestamp ?? 0,
            DataChange = fields.DataChange ?? true,
            DeletionVector = fields.DeletionVector,
        };
    }

    private static Fields ReadFields(ref Utf8JsonReader reader)
    {
        Fields fields = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("path"u8))
            {
                fields.Path = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("partitionValues"u8))
            {
                fields.PartitionValues = JsonFields.Map(ref reader);
            }
            else if (reader.ValueTextEquals("size"u8))
            {
                fields.Size = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("modificationTime"u8))
            {
                fields.ModificationTime = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("deletionTimestamp"u8))
            {
                fields.DeletionTimestamp = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("dataChange"u8))
            {
                fields.DataChange = JsonFields.Flag(ref reader);
            }
            else if (reader.ValueTextEquals("stats"u8))
            {
                fields.Statistics = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("tags"u8))
            {
                fields.Tags = JsonFields.Map(ref reader);
            }
            else if (reader.ValueTextEquals("deletionVector"u8))
            {
                fields.DeletionVector = ReadDeletionVector(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return fields;
    }

    private static DeletionVector? ReadDeletionVector(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        (string? type, string? path, long? offset, long? size, long? cardinality) = (null, null, null, null, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("storageType"u8))
            {
                type = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("pathOrInlineDv"u8))
            {
                path = JsonFields.Text(ref reader);
            }
            else if (reader.ValueTextEquals("offset"u8))
            {
                offset = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("sizeInBytes"u8))
            {
                size = JsonFields.Long(ref reader);
            }
            else if (reader.ValueTextEquals("cardinality"u8))
            {
                cardinality = JsonFields.Long(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // DuckDB gives a struct of nulls where a checkpoint has none.
        return type is null && path is null ? null
            : type is "u" or "i" or "p" && path is not null && size is >= 0 and < int.MaxValue - 8
                && cardinality is >= 0 && offset is null or (>= 0 and <= int.MaxValue)
            ? new(type![0], path!, type == "i" ? null : (int)(offset ?? 0), (int)size!, cardinality!.Value)
            : throw new JsonException("a deletion vector is not whole");
    }

    private struct Fields
    {
        public string? Path;
        public ImmutableSortedDictionary<string, string?>? PartitionValues;
        public long? Size;
        public long? ModificationTime;
        public long? DeletionTimestamp;
        public bool? DataChange;
        public string? Statistics;
        public ImmutableSortedDictionary<string, string?>? Tags;
        public DeletionVector? DeletionVector;

        public readonly string PhysicalPath =>
            Path is null ? throw new JsonException("a file action needs a path") : DataPath.Decode(Path);

        /// <summary>Kept only where encoding the physical path would give another text.</summary>
        public readonly string? LogPath =>
            Path is not null && DataPath.Encode(PhysicalPath) != Path ? Path : null;
    }
}

using System.Collections.Immutable;
using System.Text.Json;

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
                RefuseDeletionVector(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return fields;
    }

    /// <summary>
    /// A file with a deletion vector has rows that are deleted; reading it whole would bring them back.
    /// </summary>
    private static void RefuseDeletionVector(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Null)
        {
            throw UnsupportedTableException.ToRead("deletionVectors");
        }
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

        public readonly string PhysicalPath =>
            Path is null ? throw new JsonException("a file action needs a path") : DataPath.Decode(Path);

        /// <summary>Kept only where encoding the physical path would give another text.</summary>
        public readonly string? LogPath =>
            Path is not null && DataPath.Encode(PhysicalPath) != Path ? Path : null;
    }
}

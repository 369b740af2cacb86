using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Collects the rows of a result that comes in batches of Arrow, each a stream of its own.</summary>
internal sealed class ArrowRows
{
    private static readonly CompressionCodecFactory Codecs = new();

    private readonly ImmutableArray<object?[]>.Builder _rows = ImmutableArray.CreateBuilder<object?[]>();
    private ImmutableArray<string> _columns = [];

    /// <summary>Adds a batch.</summary>
    /// <exception cref="LandfallException">LF4338: a column or a value has no form here.</exception>
    public void Add(ReadOnlyMemory<byte> stream)
    {
        using ArrowStreamReader reader = new(stream, Codecs);
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                Add(batch);
            }
        }

        _columns = [.. reader.Schema.FieldsList.Select(f => f.Name)];
    }

    /// <summary>What was added.</summary>
    public SparkRows ToRows() => new(_columns, _rows.ToImmutable());

    private void Add(RecordBatch batch)
    {
        Func<int, object?>[] columns =
            [.. batch.Schema.FieldsList.Zip(batch.Arrays, (field, values) => SparkCells.Of(field, values))];
        for (int i = 0; i < batch.Length; i++)
        {
            var row = new object?[columns.Length];
            for (int c = 0; c < columns.Length; c++)
            {
                row[c] = columns[c](i);
            }

            _rows.Add(row);
        }
    }
}

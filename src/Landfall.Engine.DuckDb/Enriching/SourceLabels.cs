using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// The sources of rows as an enumeration of the engine: a number a row until files are written, which copies no text.
/// Immutable.
/// </summary>
internal sealed class SourceLabels
{
    /// <summary>The enumeration's name.</summary>
    public const string TypeName = "landfall_source";

    private readonly ImmutableArray<string> _labels;
    private readonly Dictionary<string, int> _codes = [];

    /// <summary>Numbers the sources of files.</summary>
    public SourceLabels(ImmutableArray<EnrichFile> files)
    {
        _labels = [.. files.Select(f => f.Source).Distinct()];
        foreach (string label in _labels)
        {
            _codes.Add(label, _codes.Count);
        }
    }

    /// <summary>Makes the enumeration; nothing for no files.</summary>
    public void Create(DuckDbConnection connection)
    {
        if (_labels.Length > 0)
        {
            string labels = string.Join(", ", _labels.Select(SqlText.Literal));
            connection.Execute($"create type {TypeName} as enum ({labels})");
        }
    }

    /// <summary>Writes a source to rows that follow each other.</summary>
    public void Fill(VectorWriter writer, int first, int rows, string source)
    {
        int code = _codes[source];
        switch (_labels.Length)
        {
            case <= byte.MaxValue:
                writer.Values<byte>().Slice(first, rows).Fill((byte)code);
                break;
            case <= ushort.MaxValue:
                writer.Values<ushort>().Slice(first, rows).Fill((ushort)code);
                break;
            default:
                writer.Values<uint>().Slice(first, rows).Fill((uint)code);
                break;
        }
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Which columns of the contract text files have, and which they have besides. Safe for concurrent use.
/// </summary>
/// <param name="plan">What is derived.</param>
internal sealed class FieldsSeen(EnrichPlan plan)
{
    private readonly ConcurrentDictionary<string, bool> _unknown = new();
    private readonly ConcurrentDictionary<long, bool[]> _seen = new();
    private long _jsonRows;

    /// <summary>Source columns that the contract does not have.</summary>
    public IEnumerable<string> Unknown => _unknown.Keys;

    /// <summary>Columns of the contract that some file of a batch has.</summary>
    public IEnumerable<(long Batch, int Column)> Present =>
        _seen.SelectMany(s => s.Value.Index().Where(c => c.Item).Select(c => (s.Key, c.Index)));

    /// <summary>Notes source columns that the contract does not have.</summary>
    public void NoteUnknown(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            _unknown[name] = true;
        }
    }

    /// <summary>A CSV file must name every required column; JSON objects must have it somewhere.</summary>
    /// <exception cref="LandfallException">LF4264: a CSV file lacks a required column.</exception>
    public void Note(EnrichFile file, IRecordReader reader, RowBatch batch)
    {
        bool[] seen = _seen.GetOrAdd(file.Batch, _ => new bool[plan.Columns.Length]);
        if (reader is CsvReader csv)
        {
            if (csv.HasHeader)
            {
                RefuseMissing(file.Source, [.. csv.Columns], csv.Header, isHeader: true);
                foreach (int column in csv.Columns)
                {
                    seen[column] = true;
                }
            }

            return;
        }

        if (batch.Count == 0)
        {
            return;
        }

        Interlocked.Add(ref _jsonRows, batch.Count);
        for (int column = 0; column < seen.Length; column++)
        {
            for (int row = 0; row < batch.Count && !seen[column]; row++)
            {
                seen[column] = batch[row, column].Kind != CellKind.Missing;
            }
        }
    }

    /// <summary>To be called after the last file.</summary>
    /// <exception cref="LandfallException">LF4264: no JSON object has a required column.</exception>
    public void RefuseMissingFields()
    {
        if (_jsonRows > 0)
        {
            RefuseMissing(
                "no JSON object of the batch", [.. Present.Select(p => p.Column)], [.. Unknown], isHeader: false);
        }
    }

    private void RefuseMissing(string where, HashSet<int> present, ImmutableArray<string> names, bool isHeader)
    {
        for (int column = 0; column < plan.Columns.Length; column++)
        {
            if (plan.Columns[column].Required && !present.Contains(column))
            {
                throw EnrichRefusals.MissingColumn(plan.Payload, where, plan.Payload.Columns[column], names, isHeader);
            }
        }
    }
}

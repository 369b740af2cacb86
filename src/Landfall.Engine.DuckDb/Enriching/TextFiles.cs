using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Formats.Compression;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Reads text files batch by batch, one file after the other. Several readers share a queue of files. Used by one
/// thread at a time.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="queue">Files that no reader has begun.</param>
/// <param name="quarantine">Receives records that do not parse.</param>
/// <param name="fields">Receives the fields seen.</param>
/// <param name="bad">Receives files that cannot be read as their format.</param>
/// <param name="progress">Receives rows and bytes.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class TextFiles(
    EnrichPlan plan, ConcurrentQueue<EnrichFile> queue, Quarantine quarantine, FieldsSeen fields,
    ConcurrentBag<BadFile> bad, ProgressMeter progress, CancellationToken cancellationToken) : IDisposable
{
    private readonly FieldNames _names = new([.. plan.Payload.Columns.Select(c => c.SourceName)]);
    private EnrichFile? _file;
    private IRecordReader? _reader;
    private BadRows? _bad;
    private bool _more;

    /// <summary>The rows of the last read; they end with the next.</summary>
    public RowBatch Batch { get; } = new(plan.Columns.Length);

    /// <summary>The file of these rows.</summary>
    public EnrichFile Current => _file!;

    /// <summary>Reads the next batch, which may be empty; false at the end of the last file.</summary>
    /// <exception cref="LandfallException">LF4264: a file lacks a required column. LF4261: a file in raw is
    /// damaged.</exception>
    public bool Read()
    {
        cancellationToken.ThrowIfCancellationRequested();
        Batch.Clear();
        if (!_more)
        {
            Close();
            if (!queue.TryDequeue(out EnrichFile? file))
            {
                return false;
            }

            _file = file;
            _bad = new(file, quarantine);
        }

        try
        {
            _reader ??= Open(Current);
            _more = _reader.Read(Batch, _bad!);
            fields.Note(Current, _reader, Batch);
        }
        catch (BadFormatException problem)
        {
            // Rows of it that went on already are taken back by who reads the files again without it.
            Batch.Clear();
            _more = false;
            bad.Add(new(Current, problem.Message));
        }
        catch (DamagedFileException damage)
        {
            throw EnrichRefusals.Damaged(Current, damage);
        }

        progress.Add(Batch.Count, 0);
        return true;
    }

    /// <summary>Closes the file that is being read. Safe to call twice.</summary>
    public void Dispose()
    {
        fields.NoteUnknown(_names.Unknown);
        _reader?.Dispose();
    }

    private void Close()
    {
        if (_reader is null)
        {
            return;
        }

        _reader.Dispose();
        _reader = null;
        progress.Add(0, Current.Size);
    }

    private IRecordReader Open(EnrichFile file)
    {
        TextBuffer buffer = FileNames.CompressionOf(file.Path) == FileCompression.None
            ? new(OpenText(file), file.Size)
            : new(OpenText(file));
        return file.Format switch
        {
            FileFormat.Csv => new CsvReader(
                buffer, _names, new((byte)plan.Payload.Delimiter, Encoding.UTF8.GetBytes(plan.Payload.NullText))),
            FileFormat.Json => new JsonArrayReader(buffer, new JsonRowParser(_names)),
            _ => new JsonLinesReader(buffer, new JsonRowParser(_names)),
        };
    }

    [SuppressMessage(
        "Reliability", "CA2000", Justification = "The reader of the text owns the stream.")]
    private static Stream OpenText(EnrichFile file) => DecompressionStream.Of(
        new FileStream(
            file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan),
        FileNames.CompressionOf(file.Path));

    private sealed class BadRows(EnrichFile file, Quarantine quarantine) : IBadRows
    {
        public void Add(long number, string rule, string? column, ReadOnlySpan<byte> record)
        {
            quarantine.Count(file.Batch, 1);
            quarantine.Add(file, number, rule, column, record);
        }
    }
}

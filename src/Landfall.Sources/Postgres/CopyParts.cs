using System.Globalization;
using System.Text;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;

namespace Landfall.Sources.Postgres;

/// <summary>
/// Writes what a copy gives as CSV, whose every value is quoted, into files that end with a record. Whoever reads one
/// of them at a time needs memory for so much and one record, however large the relation's rows are.
/// </summary>
/// <param name="path">Where the files go: the path without its extension.</param>
internal sealed class CopyParts(string path) : IAsyncDisposable
{
    /// <summary>Longest record in bytes of its CSV: 64 MiB.</summary>
    public const long RecordLimit = 64L << 20;

    private const long PartBytes = 8L << 20;
    private const int BufferChars = 1 << 16;
    private readonly char[] _chars = new char[BufferChars];
    private readonly byte[] _bytes = new byte[Encoding.UTF8.GetMaxByteCount(BufferChars)];
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly List<string> _files = [];
    private FileStream? _part;
    private bool _isQuoted;
    private long _record;
    private long _largest;

    /// <summary>Records that are whole.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes all of a copy.</summary>
    /// <param name="source">The copy.</param>
    /// <param name="progress">Called often.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BadRelationException">LF4282.</exception>
    public async Task WriteAsync(TextReader source, Action progress, CancellationToken cancellationToken)
    {
        await OpenPartAsync();
        int read;
        while ((read = await source.ReadAsync(_chars, cancellationToken)) > 0)
        {
            int count = _encoder.GetBytes(_chars.AsSpan(0, read), _bytes, flush: false);
            int end = Scan(_bytes.AsSpan(0, count));
            Bytes += count;
            if (end > 0 && _part!.Position + end >= PartBytes)
            {
                await _part.WriteAsync(_bytes.AsMemory(0, end), cancellationToken);
                await OpenPartAsync();
                await _part.WriteAsync(_bytes.AsMemory(end, count - end), cancellationToken);
            }
            else
            {
                await _part!.WriteAsync(_bytes.AsMemory(0, count), cancellationToken);
            }

            progress();
        }

        await ClosePartAsync();
    }

    /// <summary>What was written.</summary>
    public StagedText ToText(IEnumerable<PostgresColumn> columns) =>
        new([.. _files], [.. columns.Select(c => c.Staged)], _largest);

    /// <summary>Deletes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await ClosePartAsync();
        foreach (string file in _files)
        {
            File.Delete(file);
        }
    }

    private async Task OpenPartAsync()
    {
        await ClosePartAsync();
        _files.Add(string.Create(CultureInfo.InvariantCulture, $"{path}.{_files.Count:D6}.csv"));
        _part = new(_files[^1], FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    private async Task ClosePartAsync()
    {
        if (_part is not null)
        {
            _largest = Math.Max(_largest, _part.Position);
            await _part.DisposeAsync();
            _part = null;
        }
    }

    /// <summary>
    /// Returns where the last record ends that does in these bytes; 0 for none. A quotation mark inside of a value is
    /// written twice, which changes nothing of what is inside.
    /// </summary>
    private int Scan(ReadOnlySpan<byte> bytes)
    {
        int end = 0;
        int from = 0;
        while (bytes[from..].IndexOfAny((byte)'"', (byte)'\n') is var at and >= 0)
        {
            from += at + 1;
            _record += at + 1;
            if (bytes[from - 1] == '"')
            {
                _isQuoted = !_isQuoted;
            }
            else if (!_isQuoted)
            {
                EndRecord();
                end = from;
            }
        }

        _record += bytes.Length - from;
        Refuse();
        return end;
    }

    private void EndRecord()
    {
        Refuse();
        _record = 0;
        Rows++;
    }

    private void Refuse()
    {
        if (_record > RecordLimit)
        {
            string row = (Rows + 1).ToString(CultureInfo.InvariantCulture);
            throw new BadRelationException(
                IngestCodes.RowTooLarge,
                $"row {row} of the copy has more than {RecordLimit >> 20} MiB of text, of which a byte of bytea takes "
                + "two; read a view that leaves the large value out");
        }
    }
}

using System.Buffers;
using System.Text.Json;
using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Recommender.Exposures;

/// <summary>
/// Writes segments durably. Records gather in memory until <see cref="Sync"/>; where that fails they stay, and the next
/// one writes all of them again at the same place, so that nothing is there twice. Used by one thread.
/// </summary>
/// <param name="folder">Where.</param>
/// <param name="number">The number of the first segment.</param>
internal sealed class SegmentWriter(SegmentFolder folder, long number) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _pending = new(1 << 16);
    private readonly Utf8JsonWriter _json = new(Stream.Null, new() { SkipValidation = true });
    private List<SegmentRecord> _records = [];
    private SafeFileHandle? _file;
    private long _length;

    /// <summary>The number of the segment that is being written.</summary>
    public long Number { get; private set; } = number;

    /// <summary>Rows of the segment, those not yet durable too.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes that are not durable yet.</summary>
    public int PendingBytes => _pending.WrittenCount;

    /// <summary>Adds a record, durable with the next <see cref="Sync"/>.</summary>
    public void Add(SegmentRecord record)
    {
        SegmentFormat.Write(_pending, _json, record);
        _records.Add(record);
        Rows += record.Rows;
    }

    /// <summary>Makes durable what was added.</summary>
    public void Sync()
    {
        if (_pending.WrittenCount == 0)
        {
            return;
        }

        string path = folder.FileOf(Number);
        if (_file is null)
        {
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            PosixCalls.FSyncFolder(Path.GetDirectoryName(path)!);
        }

        RandomAccess.Write(_file, _pending.WrittenSpan, _length);
        PosixCalls.FSync(_file, path);
        _length += _pending.WrittenCount;
        _pending.ResetWrittenCount();
    }

    /// <summary>Ends the segment, all of which is durable, and begins the next.</summary>
    /// <returns>The one that ended, with its records.</returns>
    public ClosedSegment Roll()
    {
        ClosedSegment closed = new(Number++, _records);
        _records = [];
        _file?.Dispose();
        _file = null;
        _length = 0;
        Rows = 0;
        return closed;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _json.Dispose();
    }
}

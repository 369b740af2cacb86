using System.Text;

namespace Landfall.Workers;

/// <summary>Reads lines of UTF-8 text; the rest of a line that is too long is dropped.</summary>
/// <param name="stream">Where from; not disposed.</param>
/// <param name="maximum">Most characters of a line.</param>
internal sealed class LineReader(Stream stream, int maximum) : IDisposable
{
    private readonly StreamReader _reader = new(stream, new UTF8Encoding(false), false, 16 << 10, leaveOpen: true);
    private readonly char[] _buffer = new char[8 << 10];
    private int _position;
    private int _length;

    /// <summary>The next line without its end; null at the end of the stream.</summary>
    public string? Read()
    {
        StringBuilder line = new();
        bool isLine = false;
        while (Fill())
        {
            isLine = true;
            ReadOnlySpan<char> rest = _buffer.AsSpan(_position.._length);
            int end = rest.IndexOf('\n');
            ReadOnlySpan<char> part = end < 0 ? rest : rest[..end];
            line.Append(part[..Math.Min(part.Length, maximum - line.Length)]);
            _position += end < 0 ? part.Length : end + 1;
            if (end >= 0)
            {
                break;
            }
        }

        return isLine ? line.ToString().TrimEnd('\r') : null;
    }

    /// <summary>Lets go of its buffers.</summary>
    public void Dispose() => _reader.Dispose();

    private bool Fill()
    {
        if (_position == _length)
        {
            _position = 0;
            _length = _reader.Read(_buffer, 0, _buffer.Length);
        }

        return _length > 0;
    }
}

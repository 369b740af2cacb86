using System.Buffers.Binary;

namespace Landfall.Engine.Formats.Compression;

/// <summary>
/// Follows the frames and blocks of zstd data without decompressing it, which tells a truncated file from a whole one.
/// Checksums of the content are checked by the engine when the file is read. Used by one thread.
/// </summary>
internal sealed class ZstdFrames
{
    private const uint Magic = 0xFD2FB528;
    private const uint SkippableMagic = 0x184D2A50;
    private readonly byte[] _head = new byte[18];
    private int _have;
    private int _need = 4;
    private long _skip;
    private State _state = State.Magic;
    private bool _checksum;
    private bool _any;

    private enum State
    {
        Magic,
        SkippableSize,
        Descriptor,
        Header,
        Block,
        Checksum,
    }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="DamagedFileException">They are not zstd.</exception>
    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_skip > 0)
            {
                int skipped = (int)Math.Min(_skip, data.Length);
                _skip -= skipped;
                data = data[skipped..];
                continue;
            }

            int taken = Math.Min(_need - _have, data.Length);
            data[..taken].CopyTo(_head.AsSpan(_have));
            _have += taken;
            data = data[taken..];
            if (_have == _need)
            {
                Advance();
            }
        }
    }

    /// <summary>Ends the data.</summary>
    /// <exception cref="DamagedFileException">It ends inside a frame, or there is none.</exception>
    public void Complete()
    {
        if (_state != State.Magic || _have > 0 || _skip > 0 || !_any)
        {
            throw new DamagedFileException(_any || _have > 0 ? "it is truncated" : "it is empty");
        }
    }

    private void Advance()
    {
        _have = 0;
        switch (_state)
        {
            case State.Magic:
                uint magic = BinaryPrimitives.ReadUInt32LittleEndian(_head);
                _any = true;
                Expect(magic == Magic ? State.Descriptor
                    : (magic & 0xFFFFFFF0) == SkippableMagic ? State.SkippableSize
                    : throw new DamagedFileException("it is no zstd"));
                break;
            case State.SkippableSize:
                _skip = BinaryPrimitives.ReadUInt32LittleEndian(_head);
                Expect(State.Magic);
                break;
            case State.Descriptor:
                ReadDescriptor(_head[0]);
                break;
            case State.Header:
                Expect(State.Block);
                break;
            case State.Block:
                ReadBlock();
                break;
            default:
                Expect(State.Magic);
                break;
        }
    }

    private void ReadDescriptor(byte descriptor)
    {
        _checksum = (descriptor & 4) != 0;
        bool single = (descriptor & 32) != 0;
        int dictionary = (descriptor & 3) switch { 0 => 0, 1 => 1, 2 => 2, _ => 4 };
        int size = (descriptor >> 6) switch { 0 => single ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        int rest = (single ? 0 : 1) + dictionary + size;
        _state = State.Header;
        _need = rest;
        if (rest == 0)
        {
            Expect(State.Block);
        }
    }

    private void ReadBlock()
    {
        int header = _head[0] | (_head[1] << 8) | (_head[2] << 16);
        int size = header >> 3;
        int type = (header >> 1) & 3;
        if (type == 3)
        {
            throw new DamagedFileException("zstd data is damaged: unknown kind of block");
        }

        // A block of one repeated byte holds that byte only.
        _skip = type == 1 ? 1 : size;
        bool last = (header & 1) != 0;
        Expect(!last ? State.Block : _checksum ? State.Checksum : State.Magic);
    }

    private void Expect(State state)
    {
        _state = state;
        _need = state switch { State.Descriptor => 1, State.Block => 3, _ => 4 };
    }
}

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>
/// Finds where an element of a JSON array ends, by its strings and brackets; whether it is valid the parser says. The
/// text may come in parts.
/// </summary>
internal struct ElementScan
{
    private int _depth;
    private bool _isText;
    private bool _isEscaped;

    /// <summary>Place of the comma or bracket behind the element; −1 where this part does not have it.</summary>
    public int EndIn(ReadOnlySpan<byte> part)
    {
        for (int at = 0; at < part.Length; at++)
        {
            byte c = part[at];
            if (_isEscaped)
            {
                _isEscaped = false;
            }
            else if (_isText)
            {
                _isEscaped = c == '\\';
                _isText = c != '"';
            }
            else
            {
                _isText = c == '"';
                _depth += c is (byte)'{' or (byte)'[' ? 1 : c is (byte)'}' or (byte)']' ? -1 : 0;
                if (_depth < 0 || (_depth == 0 && c == ','))
                {
                    return at;
                }
            }
        }

        return -1;
    }
}

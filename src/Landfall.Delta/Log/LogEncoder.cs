using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Landfall.Delta.Log;

/// <summary>
/// Escapes what JSON demands and nothing else. The encoders of the platform write characters beyond U+FFFF as two
/// escapes, which the JSON reader under delta-rs puts together wrongly from U+20000 on: it would read other partition
/// values and other bounds.
/// </summary>
internal sealed unsafe class LogEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\', .. Surrogates()]);

    private LogEncoder()
    {
    }

    /// <summary>The only instance, which holds no state.</summary>
    public static LogEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => "\\u0000".Length;

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        int from = 0;
        while (span[from..].IndexOfAny(Escaped) is var found and >= 0)
        {
            int at = from + found;
            if (!char.IsHighSurrogate(span[at]) || at + 1 == span.Length || !char.IsLowSurrogate(span[at + 1]))
            {
                return at;
            }

            from = at + 2;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        char single = unicodeScalar switch
        {
            '"' or '\\' => (char)unicodeScalar,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => '\0',
        };
        return !WillEncode(unicodeScalar)
            ? new Rune(unicodeScalar).TryEncodeToUtf16(target, out numberOfCharactersWritten)
            : single == '\0'
                ? target.TryWrite(
                    CultureInfo.InvariantCulture, $"\\u{unicodeScalar:x4}", out numberOfCharactersWritten)
                : target.TryWrite(CultureInfo.InvariantCulture, $"\\{single}", out numberOfCharactersWritten);
    }

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    private static IEnumerable<char> Surrogates() => Enumerable.Range(0xD800, 0x800).Select(c => (char)c);
}

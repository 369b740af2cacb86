using System.Text;
using System.Text.Json;
using Landfall.Delta.Log;

namespace Landfall.Delta.Tests.Log;

public sealed class LogEncoderTests
{
    [Theory]
    [InlineData("plain ü 日本語 \uE000\uFFFD", "plain ü 日本語 \uE000\uFFFD")]
    [InlineData("😀\U00020BB7\U0010FFFF", "😀\U00020BB7\U0010FFFF")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("\0\n\u001F\u007F", "\\u0000\\n\\u001f\u007F")]
    [InlineData("", "")]
    public void Encode_Text_EscapesOnlyWhatJsonDemands(string text, string expected)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = LogEncoder.Instance }))
        {
            writer.WriteStringValue(text);
        }

        string json = Encoding.UTF8.GetString(stream.ToArray());

        Assert.Equal('"' + expected + '"', json);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
    }

    [Theory]
    [InlineData("a\uD800")]
    [InlineData("\uDC00b")]
    public void Encode_HalfAPair_IsReplaced(string text)
    {
        string json = Encoding.UTF8.GetString(JsonEncodedText.Encode(text, LogEncoder.Instance).EncodedUtf8Bytes);

        Assert.Equal(text.Length, json.Length);
        Assert.Contains('\uFFFD', json);
    }
}

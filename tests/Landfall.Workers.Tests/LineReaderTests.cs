using System.Text;

namespace Landfall.Workers.Tests;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n\nb\r\n", new[] { "a", "", "b" })]
    [InlineData("12345678\nb", new[] { "12345", "b" })]
    public void Read_Lines_AreBounded(string text, string[] lines) => Assert.Equal(lines, Read(text, 5));

    [Fact]
    public void Read_LineOverManyBuffers_IsBounded() =>
        Assert.Equal([new string('x', 20_000), "end"], Read(new string('x', 100_000) + "\nend\n", 20_000));

    private static IEnumerable<string> Read(string text, int maximum)
    {
        using LineReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), maximum);
        while (reader.Read() is { } line)
        {
            yield return line;
        }
    }
}

namespace Landfall.Cli.Output;

/// <summary>
/// RFC 4180 with a header line; NULL is an empty field and an empty text is <c>""</c>. Writes as rows come.
/// </summary>
internal sealed class CsvRowWriter : IRowWriter
{
    private readonly TextWriter _output;

    public CsvRowWriter(TextWriter output, IReadOnlyList<OutputColumn> columns)
    {
        _output = output;
        _output.WriteLine(string.Join(',', columns.Select(c => Field(c.Name))));
    }

    public void Write(IReadOnlyList<object?> row) => _output.WriteLine(string.Join(',', row.Select(Field)));

    public void End() => _output.Flush();

    private static string Field(object? value)
    {
        if (value is null)
        {
            return "";
        }

        string text = CellText.Of(value);
        return text.Length == 0 || text.AsSpan().ContainsAny(",\"\r\n")
            ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : text;
    }
}

using System.Text.Json;
using Landfall.Cli.Output;

namespace Landfall.Cli.Tests.Output;

public sealed class RowWriterTests
{
    private static readonly OutputColumn[] Columns = [new("name"), new("amount", IsNumber: true)];

    [Fact]
    public void Table_Rows_AreAlignedAndNullIsNamed() => Assert.Equal(
        "name   amount\n-----  ------\nalpha    1.50\nNULL       20\n",
        Write(w => new TableRowWriter(w, Columns, default), ["alpha", 1.50m], [null, 20L]));

    [Fact]
    public void Table_ControlCharacters_BecomeSpaces() =>
        Assert.DoesNotContain('\e', Write(w => new TableRowWriter(w, Columns, default), ["\e[31mred\r", 1]));

    [Fact]
    public void Csv_SpecialFields_AreQuotedAndNullIsEmpty() => Assert.Equal(
        "name,amount\n\"a,\"\"b\"\"\",1.50\n,\n\"\",0\n",
        Write(w => new CsvRowWriter(w, Columns), ["a,\"b\"", 1.50m], [null, null], ["", 0]));

    [Fact]
    public void Json_Values_KeepTheirKindsAndDigits()
    {
        string text = Write(
            w => new JsonRowWriter(w, Columns),
            ["é \"x\"\n", 12345678901234567890.1234567m], [null, double.NaN], [new List<object?> { 1, null }, true]);

        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal("""{"name":"é \"x\"\n","amount":12345678901234567890.1234567}""", lines[0]);
        Assert.Equal("""{"name":null,"amount":"NaN"}""", lines[1]);
        Assert.Equal("""{"name":[1,null],"amount":true}""", lines[2]);
        Assert.All(lines, l => JsonDocument.Parse(l));
    }

    [Fact]
    public void Instants_AsText_AreUtc() => Assert.Equal(
        "2026-01-31T22:00:00Z", CellText.Of(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.FromHours(2))));

    private static string Write(Func<TextWriter, IRowWriter> create, params object?[][] rows)
    {
        StringWriter text = new() { NewLine = "\n" };
        IRowWriter writer = create(text);
        foreach (object?[] row in rows)
        {
            writer.Write(row);
        }

        writer.End();
        return text.ToString();
    }
}

using System.Globalization;
using System.Text;
using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>
/// Records of up to 64 MiB are read, longer ones quarantined by row, and the rows around them are read.
/// </summary>
public sealed class LongRecordTests
{
    private const int Mebibyte = 1 << 20;
    private const string Append = "files: \"*\", mode: append";
    private static readonly string[] Columns =
        ["name: id, logicalType: integer, physicalType: int", "name: v, logicalType: string"];

    [Theory]
    [InlineData("a.jsonl", "{\"id\":1}\n{\"id\":2,\"v\":\"", "\"}\n{\"id\":3}\n")]
    [InlineData("a.json", "[{\"id\":1},{\"id\":2,\"v\":\"", "\"},{\"id\":3}]")]
    [InlineData("a.csv", "id,v\n1,\n2,", "\n3,\n")]
    [InlineData("a.csv", "id,v\n1,\n2,\"", "\"\n3,\n")]
    public async Task Value_Of20MB_IsRead(string file, string before, string after)
    {
        using IngestLake lake = new(Append, Columns);
        Put(lake, file, before, 20_000_000, after);

        Assert.Equal(0, (await lake.RunAsync()).Quarantined);
        Assert.Equal(["1, NULL", "2, 20000000", "3, NULL"], await lake.RowsAsync("id, length(v)"));
    }

    /// <summary>Rows go to disk by their bytes: together they are more than the engine may hold.</summary>
    [Fact]
    public async Task Values_OfMoreThanTheMemoryTogether_AreRead()
    {
        using IngestLake lake = new(Append, Columns);
        using (FileStream stream = File.Create(Path.Combine(lake.Source, "a.jsonl")))
        {
            byte[] line = Encoding.UTF8.GetBytes($"{{\"id\":1,\"v\":\"{new string('x', 20_000_000)}\"}}\n");
            for (int row = 0; row < 45; row++)
            {
                stream.Write(line);
            }
        }

        Assert.Equal(45, (await lake.RunAsync()).Rows);
    }

    [Theory]
    [InlineData("a.jsonl", "{\"id\":1}\n{\"id\":2,\"v\":\"", "\"}\n{\"id\":3}\n", 2)]
    [InlineData("a.json", "[{\"id\":1},{\"id\":2,\"v\":\"]}\\\",", "\"},{\"id\":3}]", 2)]
    [InlineData("a.csv", "id,v\n1,\n2,", "\n3,\n", 3)]
    [InlineData("a.csv", "id,v\n1,\n2,\"", "\"\n3,\n", 3)]
    public async Task Record_OfMoreThan64MiB_IsQuarantined(string file, string before, string after, int row)
    {
        using IngestLake lake = new(Append, Columns);
        Put(lake, file, before, 150 * Mebibyte, after);

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(["1, NULL", "3, NULL"], await lake.RowsAsync());
        Assert.Equal(1, outcome.Quarantined);
        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"{row}, too-long, NULL, {Mebibyte}")],
            await lake.QuarantineAsync("_row, rule, column_name, length(raw)"));
    }

    /// <summary>A quotation mark that nothing closes costs its own line, not those behind it.</summary>
    [Fact]
    public async Task Quotation_ThatNothingCloses_TakesItsLineAlone()
    {
        using IngestLake lake = new(Append, Columns);
        StringBuilder text = new("id,v\n1,\n2,\"open\n");
        for (int id = 3; text.Length < 2 * Mebibyte; id++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{id},x\n");
        }

        lake.Put("a.csv", text.ToString());
        int lines = text.ToString().Count('\n');

        Assert.Equal(1, (await lake.RunAsync()).Quarantined);
        Assert.Equal(lines - 2, (await lake.RowsAsync()).Length);
        Assert.Equal(["3, malformed, 2,\"open"], await lake.QuarantineAsync("_row, rule, raw"));
    }

    private static void Put(IngestLake lake, string file, string before, int length, string after)
    {
        using FileStream stream = File.Create(Path.Combine(lake.Source, file));
        stream.Write(Encoding.UTF8.GetBytes(before));
        byte[] some = new byte[Mebibyte];
        some.AsSpan().Fill((byte)'x');
        for (int left = length; left > 0; left -= some.Length)
        {
            stream.Write(some.AsSpan(0, Math.Min(left, some.Length)));
        }

        stream.Write(Encoding.UTF8.GetBytes(after));
    }
}

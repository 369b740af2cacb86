using System.Globalization;
using System.Text;
using Landfall.Delta;
using Landfall.Posix;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>Data files on a simulated disk: a line for each row with batch, number and payload.</summary>
public sealed class SimulatedBatchFiles(IStorageCalls disk, string tableFolder) : IBatchFiles
{
    public const int RowsPerBatch = 3;

    private const long BatchesPerWriter = 100_000;

    public static long BatchOf(int writer, long number) => (writer * BatchesPerWriter) + number;

    public static string AppOf(int writer) => $"ingest-{writer}";

    public static string Content(long batch)
    {
        var text = new StringBuilder();
        for (int row = 0; row < RowsPerBatch; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{batch} {row} {Payload(batch, row)}\n");
        }

        return text.ToString();
    }

    public string? Read(AddFile file) => disk.Read(Path.Combine(tableFolder, file.Path)) is { } content
        ? Encoding.UTF8.GetString(content.Span)
        : null;

    public string? Problem(AddFile file) => Read(file) is not { } text ? "is missing"
        : text.Length != file.Size ? "has another size"
        : text.Count(c => c == '\n') != file.Statistics!.NumRecords ? "has another number of rows"
        : null;

    public IReadOnlyList<BatchRows> Batches(Snapshot snapshot)
    {
        IEnumerable<long[]> rows = snapshot.Files.SelectMany(f =>
            (Read(f) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Numbers));
        return
        [
            .. rows.GroupBy(r => r[0]).Select(b => new BatchRows(
                b.Key, b.Count(), b.Select(r => r[1]).Distinct().Count(), b.Count(r => r[2] != Payload(r[0], r[1])),
                b.Min(r => r[1]), b.Max(r => r[1]))),
        ];
    }

    public string AppOf(long batch) => AppOf((int)(batch / BatchesPerWriter));

    /// <summary>Garbage where a row should be is a row of no batch.</summary>
    private static long[] Numbers(string line)
    {
        long[] numbers =
        [
            .. line.Split(' ').Select(w =>
                long.TryParse(w, NumberStyles.Integer, CultureInfo.InvariantCulture, out long n) ? n : -1),
        ];
        return numbers.Length == 3 ? numbers : [-1, -1, -1];
    }

    private static long Payload(long batch, long row) => (((batch * 31) + row) * 2654435761) % 1_000_003;
}

using System.Text;
using Landfall.Testing;

namespace Landfall.Engine.DuckDb.Tests.Damage;

/// <summary>
/// Torn files and flipped bits: the table reads as it was or not at all, never as another. Each control does the same
/// without hashes and finds a table that reads as another. Samples are drawn by <c>LANDFALL_SEED</c>;
/// <c>LANDFALL_DAMAGES</c> says how many.
/// </summary>
public sealed class DamageTests(ITestOutputHelper output)
{
    private const int CheckpointVersion = 10;

    private readonly TestSeed _seed = TestSeed.Or(1);
    private readonly int _samples = TestNumbers.Of("LANDFALL_DAMAGES", 500);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Commit_AnyBitOrLength_IsTheSameOrRefused(int version)
    {
        using DamagedTable table = await DamagedTable.WriteAsync(3);

        DamageTally tally = await SweepAllAsync(table, $"{version:D20}.json");

        tally.RequireNoHarm();
        Assert.True(tally.Refused > tally.Same * 50, tally.ToString());
    }

    [Fact]
    public async Task Commit_WithoutItsHash_ReadsAsAnotherTable()
    {
        using DamagedTable table = await DamagedTable.WriteAsync(3);
        Hide(table.Log($"{2:D20}.json"), "landfallSha256");
        File.Delete(table.Log($"{2:D20}.crc"));

        DamageTally tally = await SweepAllAsync(table, $"{2:D20}.json");

        Assert.True(tally.Others.Count > 100, tally.ToString());
    }

    [Fact]
    public async Task VersionChecksum_AnyBitOrLength_IsTheSameOrRefused()
    {
        using DamagedTable table = await DamagedTable.WriteAsync(3);

        DamageTally tally = await SweepAllAsync(table, $"{2:D20}.crc");

        tally.RequireNoHarm();
    }

    [Fact]
    public async Task Hint_AnyBitOrLength_IsTheSame()
    {
        using DamagedTable table = await DamagedTable.WriteAsync(CheckpointVersion + 3);

        DamageTally tally = await SweepAllAsync(table, "_last_checkpoint");

        tally.RequireNoHarm();
        Assert.Equal(0, tally.Refused);
    }

    [Fact]
    public async Task Checkpoint_SampledBitsAndLengths_CommitsStandIn()
    {
        using DamagedTable table = await DamagedTable.WriteAsync(CheckpointVersion + 3);

        DamageTally tally = await SweepSampleAsync(table, Checkpoint(table));

        tally.RequireNoHarm();
        Assert.Equal(0, tally.Refused);
    }

    [Fact]
    public async Task Checkpoint_NothingStandsIn_IsTheSameOrRefused()
    {
        using DamagedTable table = await WithoutOldCommitsAsync();

        DamageTally tally = await SweepSampleAsync(table, Checkpoint(table));

        tally.RequireNoHarm();
        Assert.True(tally.Refused > tally.Same * 20, tally.ToString());
    }

    [Fact]
    public async Task Checkpoint_WithoutItsHash_ReadsAsAnotherTable()
    {
        using DamagedTable table = await WithoutOldCommitsAsync();
        Hide(Checkpoint(table), "landfall.sha256");
        Directory.GetFiles(table.Log(""), "*.crc").ToList().ForEach(File.Delete);

        DamageTally tally = await SweepSampleAsync(table, Checkpoint(table));

        Assert.True(tally.Others.Count > 0, tally.ToString());
    }

    [Fact]
    public async Task DataFile_Cut_IsRefusedByItsName()
    {
        using DamagedTable table = await DamagedTable.WriteAsync(2);
        string file = table.DataFile(await table.LoadAsync());
        IEnumerable<FileDamage> all = FileDamage.Cuts(new FileInfo(file).Length);
        IEnumerable<FileDamage> cuts = FileDamage.Sample(all, _samples / 4, _seed.Value);

        DamageTally tally = Report(file, await table.SweepAsync(file, cuts, table.RowsAsync));

        tally.RequireNoHarm();
        Assert.Equal(0, tally.Same);
    }

    [Fact]
    public async Task DataFile_FlippedBits_AreFoundByTheDeepCheck()
    {
        using DamagedTable table = await DamagedTable.WriteAsync(2);
        string file = table.DataFile(await table.LoadAsync());
        IEnumerable<FileDamage> all = FileDamage.Flips(new FileInfo(file).Length);
        IEnumerable<FileDamage> flips = FileDamage.Sample(all, _samples / 2, _seed.Value);
        List<FileDamage> missed = [];

        DamageTally tally = await table.SweepAsync(file, flips, table.RowsAsync, async damage =>
        {
            if (!await table.IsFoundAsync(file))
            {
                missed.Add(damage);
            }
        });

        // Reading alone does not notice: that is why there is the deep check.
        Report(file, tally);
        Assert.True(tally.Others.Count > 0, tally.ToString());
        Assert.True(missed.Count == 0, $"{_seed}: {string.Join(", ", missed)}");
    }

    private static string Checkpoint(DamagedTable table) => table.Log($"{CheckpointVersion:D20}.checkpoint.parquet");

    /// <summary>A table whose checkpoint is all that is left of its first versions.</summary>
    private static async Task<DamagedTable> WithoutOldCommitsAsync()
    {
        DamagedTable table = await DamagedTable.WriteAsync(CheckpointVersion + 3);
        for (int version = 0; version < CheckpointVersion; version++)
        {
            File.Delete(table.Log($"{version:D20}.json"));
        }

        return table;
    }

    /// <summary>Gives the field another name of the same length, so that nobody finds the hash.</summary>
    private static void Hide(string file, string name)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int at = bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name));
        Assert.True(at >= 0);
        bytes[at] = (byte)'x';
        File.WriteAllBytes(file, bytes);
    }

    private async Task<DamageTally> SweepAllAsync(DamagedTable table, string name)
    {
        string file = table.Log(name);
        long bytes = new FileInfo(file).Length;
        return Report(file, await table.SweepAsync(
            file, FileDamage.Cuts(bytes).Concat(FileDamage.Flips(bytes)), table.SnapshotAsync));
    }

    private async Task<DamageTally> SweepSampleAsync(DamagedTable table, string file)
    {
        long bytes = new FileInfo(file).Length;
        IEnumerable<FileDamage> damages = FileDamage.Sample(FileDamage.Cuts(bytes), _samples / 4, _seed.Value)
            .Concat(FileDamage.Sample(FileDamage.Flips(bytes), _samples, _seed.Value));
        return Report(file, await table.SweepAsync(file, damages, table.SnapshotAsync));
    }

    private DamageTally Report(string file, DamageTally tally)
    {
        output.WriteLine($"{Path.GetFileName(file)}, {_seed}: {tally}");
        return tally;
    }
}

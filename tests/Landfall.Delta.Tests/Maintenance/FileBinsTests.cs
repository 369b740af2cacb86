using Landfall.Delta.Maintenance;
using Landfall.Testing;

namespace Landfall.Delta.Tests.Maintenance;

public sealed class FileBinsTests
{
    [Fact]
    public void Plan_FilesOfOnePartition_FillBinsUpToTheTargetInOrderOfTime()
    {
        AddFile[] files = [.. Enumerable.Range(0, 7).Select(i => File($"f{i}", 40, time: 7 - i))];

        Assert.Equal(["f6 f5", "f4 f3", "f2 f1"], Bins(files, 100));
    }

    [Theory]
    [InlineData(75, true)]
    [InlineData(74, false)]
    public void IsBig_ThreeQuartersOfTheTarget_IsBig(long size, bool big) =>
        Assert.Equal(big, FileBins.IsBig(File("f", size), 100));

    [Fact]
    public void Plan_BigFilesAndLoneOnes_AreLeftOut() =>
        Assert.Empty(Bins([File("a", 80), File("b", 200), File("c", 10), File("d", 10, month: null)], 100));

    [Fact]
    public void Plan_ManyPartitions_MixesNone()
    {
        AddFile[] files =
        [
            File("a", 10), File("b", 10, month: null), File("c", 10), File("d", 10, month: ""),
            File("e", 10, month: "2026-02-01"),
        ];

        Assert.Equal(["b d", "a c"], Bins(files, 100));
    }

    [Fact]
    public void Plan_ThousandsOfTinyFiles_BoundsABin()
    {
        AddFile[] files = [.. Enumerable.Range(0, 2001).Select(i => File($"f{i:D4}", 1))];

        Assert.Equal([1000, 1000], FileBins.Plan(files, 1 << 20).Select(b => b.Files.Length));
    }

    [Fact]
    public void Rows_AFileThatDoesNotSay_AreUnknown()
    {
        AddFile[] known = [File("a", 1, rows: 3), File("b", 1, rows: 4)];

        Assert.Equal(7, FileBins.Plan(known, 100)[0].Rows);
        Assert.Null(FileBins.Plan([.. known, File("c", 1)], 100)[0].Rows);
    }

    [Fact]
    public void Plan_NoTarget_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FileBins.Plan([], 0));

    [Fact]
    public void Plan_RandomFiles_NeverExceedsTheTargetNorLosesNorDoublesAFile()
    {
        TestSeed seed = TestSeed.Fresh();
        Random random = seed.Generator();
        for (int round = 0; round < 200; round++)
        {
            AddFile[] files =
            [
                .. Enumerable.Range(0, random.Next(40)).Select(i => File(
                    $"f{i}", random.Next(1, 150), random.Next(3), random.Next(2) == 0 ? null : "2026-01-01")),
            ];
            var bins = FileBins.Plan(files, 100);
            var binned = bins.SelectMany(b => b.Files).ToArray();

            Assert.True(bins.All(b => b.Bytes <= 100 && b.Files.Length > 1), $"{seed}");
            Assert.True(binned.Distinct().Count() == binned.Length, $"{seed}");
            Assert.True(
                bins.All(b => b.Files.Select(f => f.PartitionValues["month"]).Distinct().Count() == 1), $"{seed}");
        }
    }

    private static string[] Bins(AddFile[] files, long target) =>
        [.. FileBins.Plan(files, target).Select(b => string.Join(' ', b.Files.Select(f => f.Path)))];

    private static AddFile File(
        string path, long size, long time = 1, string? month = "2026-01-01", int? rows = null) =>
        TestTable.File(path, month, rows is null ? null : $$"""{"numRecords":{{rows}}}""") with
        {
            Size = size,
            ModificationTime = time,
        };
}

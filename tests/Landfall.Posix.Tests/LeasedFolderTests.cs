using System.Diagnostics;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Posix.Tests;

public sealed class LeasedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Root => Path.Combine(_folder.Path, "work");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dispose_OwnFolder_LeavesNothing()
    {
        using (var leased = LeasedFolder.Create(Root))
        {
            File.WriteAllText(Path.Combine(leased.Path, "x"), "x");
            leased.Dispose();
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Root));
    }

    [Fact]
    public void Create_BesideLivingOnes_KeepsThem()
    {
        using var first = LeasedFolder.Create(Root);
        using var second = LeasedFolder.Create(Root);

        Assert.True(Directory.Exists(first.Path));
        Assert.NotEqual(first.Path, second.Path);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Create_BesideAbandonedOnes_RemovesThem(bool hasFolder, bool hasLease)
    {
        string abandoned = Path.Combine(Root, "0123");
        Directory.CreateDirectory(Root);
        if (hasFolder)
        {
            Directory.CreateDirectory(Path.Combine(abandoned, "deep"));
            File.WriteAllText(Path.Combine(abandoned, "deep", "x"), "x");
        }

        if (hasLease)
        {
            File.WriteAllText(abandoned + ".lease", "");
        }

        using var fresh = LeasedFolder.Create(Root);

        Assert.Equal(
            [fresh.Path, fresh.Path + ".lease"],
            Directory.EnumerateFileSystemEntries(Root).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Create_ByManyAtOnce_NobodyLosesTheirs()
    {
        Parallel.For(0, 16, _ =>
        {
            for (int i = 0; i < 50; i++)
            {
                using var leased = LeasedFolder.Create(Root);
                File.WriteAllText(Path.Combine(leased.Path, "x"), "x");
                Thread.Yield();
                Assert.True(File.Exists(Path.Combine(leased.Path, "x")));
            }
        });
        Assert.Empty(Directory.EnumerateFileSystemEntries(Root));
    }

    [TmpfsFact]
    public async Task Create_WithoutRoomForAFile_SaysSoInsteadOfWaiting()
    {
        string[] under = SmallDisk.Mount(_folder.Path, 1 << 20, 20);
        using Process process = HarnessProcess.StartUnder(under, ["crowd", _folder.Path]);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        try
        {
            Assert.Equal("LF4211", await process.StandardOutput.ReadLineAsync(patience.Token));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("in the way")]
    [InlineData("loop")]
    public void Create_WhereItCannotBe_IsAnErrorThatNamesThePlace(string trouble)
    {
        string place = Root;
        if (trouble == "loop")
        {
            Directory.CreateDirectory(Root);
            place = Path.Combine(Root, "0123.lease");
            File.CreateSymbolicLink(place, place);
        }
        else
        {
            File.WriteAllText(Root, "in the way");
        }

        StorageException failure = Assert.Throws<StorageException>(() => LeasedFolder.Create(Root));

        Assert.Equal("LF4210", failure.Code);
        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

public sealed class FileDiscoveryTests
{
    /// <summary>Names of this many letters, so many below each other, are a path that no call takes.</summary>
    private const int NameLength = 250;

    private const string Files = "files: \"**/*.csv\", mode: append";
    private static readonly string[] Columns = ["name: id, logicalType: integer, physicalType: int"];

    [Fact]
    public async Task Find_FolderThatCannotBeRead_IsLeftOutByNameAndTheRestLands()
    {
        using IngestLake lake = new(Files, Columns);
        lake.Put("in/a.csv", "id\n1\n");
        using DeepFolder deep = new(Path.Combine(lake.Source, "in"));

        StepOutcome landed = await lake.LandAsync();

        LeftOut folder = Assert.Single(landed.LeftOut);
        Assert.Equal(("LF4266", "its folder cannot be read"), (folder.Code, folder.Problem));
        Assert.EndsWith($"/{Path.GetFileName(deep.Path)}/", folder.Name, StringComparison.Ordinal);
        Assert.Equal(["in/a.csv"], await FilesAsync(lake));
    }

    [Fact]
    public async Task Links_ToFolders_CountEachFileOnce()
    {
        using IngestLake lake = new(Files, Columns);
        lake.Put("a/x.csv", "id\n1\n");
        lake.Put("_hidden/y.csv", "id\n2\n");
        Link(lake, "b", "a");
        Link(lake, "a/loop", "..");
        Link(lake, "c", "_hidden");
        Link(lake, "d", "_hidden");
        Link(lake, "self", "self");

        StepOutcome landed = await lake.LandAsync();

        Assert.Equal(["a/x.csv", "c/y.csv"], await FilesAsync(lake));
        Assert.Equal(
            [
                new("a/loop", "LF4275", "a link: it leads back to a folder that it is in"),
                new("self", "LF4275", "a link: it leads in a circle, or may not be followed"),
            ],
            landed.LeftOut);
    }

    [Fact]
    public async Task Links_ToFiles_CountAsTheFileIfItIsInside()
    {
        using IngestLake lake = new(Files, Columns);
        string outside = Path.Combine(lake.Folder, "outside.csv");
        await File.WriteAllTextAsync(outside, "id\n9\n");
        lake.Put("a.csv", "id\n1\n");
        lake.Put("..data/b.csv", "id\n2\n");
        Link(lake, "again.csv", "a.csv");
        Link(lake, "b.csv", "..data/b.csv");
        Link(lake, "gone.csv", "nowhere.csv");
        Link(lake, "out.csv", outside);

        StepOutcome landed = await lake.LandAsync();

        Assert.Equal(["a.csv", "b.csv"], await FilesAsync(lake));
        Assert.Equal(
            [
                new("gone.csv", "LF4275", "a link: it leads to nothing"),
                new("out.csv", "LF4275", "a link: it leads out of the location"),
            ],
            landed.LeftOut);
        await lake.EnrichAsync();
        Assert.Equal(["1", "2"], await lake.RowsAsync("id"));
    }

    [Fact]
    public async Task Pipes_AreLeftOutAndNotWaitedFor()
    {
        using IngestLake lake = new(Files, Columns);
        lake.Put("a.csv", "id\n1\n");
        await RunAsync("mkfifo", Path.Combine(lake.Source, "pipe.csv"));

        StepOutcome landed = await lake.LandAsync();

        Assert.Equal(["a.csv"], await FilesAsync(lake));
        Assert.Equal([new("pipe.csv", "LF4276", "it is a pipe, socket or device")], landed.LeftOut);
    }

    [Fact]
    public async Task Names_ThatAreNotUtf8_AreLeftOutAndTheRestLands()
    {
        using IngestLake lake = new(Files, Columns);
        lake.Put("grün.csv", "id\n1\n");
        await RunAsync("bash", "-c", $"printf 'id\\n2\\n' > '{lake.Source}/'$'\\xe4.csv'");

        StepOutcome landed = await lake.LandAsync();

        // The runtime could not remove it.
        await RunAsync("rm", "-r", lake.Source);
        Assert.Equal(["grün.csv"], await FilesAsync(lake));
        Assert.Equal(("LF4277", "its name is not UTF-8"), (landed.LeftOut[0].Code, landed.LeftOut[0].Problem));
        Assert.Single(landed.LeftOut);
    }

    [Fact]
    public async Task BadFiles_WhereTheSourceSaysStop_KeepTheRestFromLanding()
    {
        using IngestLake lake = new(Files, Columns, source: "{ type: files, location: src, onBadFile: stop }");
        lake.Put("a.csv", "id\n1\n");
        lake.Put("b.csv.gz", [0x1f, 0x8b, 8, 0]);
        Link(lake, "gone.csv", "nowhere.csv");

        LandfallException found = await Assert.ThrowsAsync<LandfallException>(lake.LandAsync);
        File.Delete(Path.Combine(lake.Source, "gone.csv"));

        Assert.Equal("LF4275", found.Code);
        Assert.Contains("gone.csv (a link: it leads to nothing)", found.Message, StringComparison.Ordinal);
        Assert.Contains("onBadFile: stop", found.Message, StringComparison.Ordinal);
        Assert.Null((await lake.RegisterAsync()).Snapshot);
    }

    [Fact]
    public async Task BadFile_OnceMended_Lands()
    {
        using IngestLake lake = new("files: \"*.csv.gz\", mode: append", Columns);
        byte[] whole = IngestLake.Gzip("id\n1\n"u8.ToArray());
        lake.Put("a.csv.gz", whole[..^3]);
        StepOutcome first = await lake.LandAsync();
        StepOutcome again = await lake.LandAsync();
        lake.Put("a.csv.gz", whole);
        StepOutcome mended = await lake.LandAsync();

        Assert.Equal((StepState.UpToDate, 1), (first.State, first.LeftOut.Length));
        Assert.Equal(first.LeftOut, again.LeftOut);
        Assert.Equal((StepState.Done, 0), (mended.State, mended.LeftOut.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_OfTheSameSizeAndTime_IsNoticedWhereSourcesAreVerified(bool verified)
    {
        using IngestLake lake = new(Files, Columns);
        DateTimeOffset time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        lake.Put("a.csv", "id\n1\n", time);
        lake.Put("b.csv", "id\n5\n", time);
        await lake.RunAsync();
        lake.Put("a.csv", "id\n2\n", time);
        lake.VerifiesSources = verified;

        StepOutcome landed = await lake.LandAsync();
        await lake.EnrichAsync();

        Assert.Equal(verified ? StepState.Done : StepState.UpToDate, landed.State);
        Assert.Equal(verified ? ["2", "5"] : ["1", "5"], await lake.RowsAsync("id"));
        long version = (await lake.RegisterAsync()).Snapshot!.Version;
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        Assert.Equal(version, (await lake.RegisterAsync()).Snapshot!.Version);
    }

    private static async Task<string[]> FilesAsync(IngestLake lake) =>
        [.. (await lake.RegisterAsync()).Entries.Select(e => e.File).Order(StringComparer.Ordinal)];

    private static void Link(IngestLake lake, string name, string target) =>
        File.CreateSymbolicLink(Path.Combine(lake.Source, name), target);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>
    /// Folders below each other, put together of two halves: whole, their path is longer than any may be.
    /// </summary>
    private sealed class DeepFolder : IDisposable
    {
        private readonly string _upper;
        private readonly string _lower;
        private readonly string _kept;

        public DeepFolder(string folder)
        {
            _upper = Chain(folder, 'u');
            _kept = folder + ".lower";
            Directory.CreateDirectory(_kept);
            string first = Chain(_kept, 'l')[..(_kept.Length + 1 + NameLength)];
            _lower = System.IO.Path.Combine(_upper, System.IO.Path.GetFileName(first));
            Directory.Move(first, _lower);
        }

        public string Path => _lower;

        public void Dispose() => Directory.Move(_lower, System.IO.Path.Combine(_kept, "back"));

        private static string Chain(string folder, char letter)
        {
            string path = folder;
            for (int i = 0; i < 9; i++)
            {
                path = System.IO.Path.Combine(path, new string(letter, NameLength));
            }

            return Directory.CreateDirectory(path).FullName;
        }
    }
}

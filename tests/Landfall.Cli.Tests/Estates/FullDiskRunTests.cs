using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Whole runs of the program, with its workers, where space runs out: on a file system that is full but for some
/// blocks, and under a limit of a file's size. What a run said it did is there, and once there is space the next run
/// gives what a fresh home gives.
/// </summary>
public sealed class FullDiskRunTests(ITestOutputHelper output) : IDisposable
{
    private const int DiskBytes = 32 << 20;

    /// <summary>Blocks that a run has, in KiB: none, enough for its first records, for some steps, for all.</summary>
    private static readonly int[] DiskRooms = [0, 100, 20_000];

    /// <summary>Sizes that a file may have, in blocks of 512 bytes.</summary>
    private static readonly int[] FileRooms = [1, 6, 40_000];

    private readonly TemporaryFolder _out = new();

    public void Dispose() => _out.Dispose();

    [Fact]
    public async Task Run_OnAFullDisk_SaysSoAndTheNextOneMakesItGood()
    {
        Assert.SkipWhen(SmallDisk.Missing is not null, SmallDisk.Missing ?? "");
        await RequireAsync(SmallDisk.Mount(Directory.CreateDirectory(_out.Path + "/disk").FullName, DiskBytes), """
            dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null
            truncate -s -"$room"K "$disk/filler"
            run "$room"
            rm "$disk/filler"
            """, DiskRooms);
    }

    [Fact]
    public async Task Run_AtTheLimitOfAFilesSize_SaysSoAndTheNextOneMakesItGood()
    {
        Directory.CreateDirectory(_out.Path + "/disk");
        await RequireAsync([], "(trap '' XFSZ; ulimit -f \"$room\"; run \"$room\")", FileRooms);
    }

    [Fact]
    public async Task Run_ThatSaysWhatItDidNotDo_NegativeControl_IsFoundOut()
    {
        using SmallEstate home = EvolvingEstate.Create();
        CliResult run = await home.TryAsync("run", "--format", "json");
        string more = run.Output.Replace("\"version\":0", "\"version\":1", StringComparison.Ordinal);

        Assert.Empty(await LostAsync(home, run.Output));
        Assert.Contains("ops.daily.by_item", await LostAsync(home, more));
    }

    private async Task RequireAsync(string[] under, string scarcely, int[] rooms)
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        home.Put("events/three.csv", "id,sold_at,item,qty,note,extra\n6,2026-02-04T10:00:00Z,b,3,big,\n");
        home.Put("items/later.csv", "item,name\na,Apple\nb,Bread\nc,Cake\n");
        using SmallEstate fresh = home.Copy(withLake: false);
        await fresh.RunWellAsync();

        await RunScriptAsync(under, home.Folder, scarcely, rooms);

        List<string> codes = [];
        foreach (int room in rooms)
        {
            codes.Add(await RequireAsync(home, fresh, room));
        }

        output.WriteLine(string.Join(", ", rooms.Zip(codes)));
        Assert.Equal("LF4211", codes[0]);
        Assert.Equal("", codes[^1]);
        Assert.All(codes, c => Assert.True(c is "LF4211" or "", c));
    }

    /// <summary>The code of the run that had so much room, after what it left was judged.</summary>
    private async Task<string> RequireAsync(SmallEstate before, SmallEstate fresh, int room)
    {
        string name = room.ToString(CultureInfo.InvariantCulture);
        using SmallEstate left = Taken(Path.Combine(_out.Path, name + "-left"));
        using SmallEstate mended = Taken(Path.Combine(_out.Path, name + "-mended"));
        string error = await File.ReadAllTextAsync(Path.Combine(_out.Path, name + ".err"));
        string said = await File.ReadAllTextAsync(Path.Combine(_out.Path, name + ".json"));
        string[] lost = await LostAsync(left, said);
        foreach (string table in new[] { "ops.inbox.event", "ops.inbox.item", "ops.daily.by_item" })
        {
            Assert.True((await left.RowsAsync(table)).Length > 0, table);
            Assert.True(await left.DataVersionAsync(table) >= await before.DataVersionAsync(table), table);
        }

        Assert.Empty(lost);
        Assert.Equal("0", (await File.ReadAllTextAsync(Path.Combine(_out.Path, name + ".again"))).Trim());
        Assert.Empty(await mended.DifferencesAsync(fresh));
        output.WriteLine($"{room}: {error}");
        return error.Contains("LF4211", StringComparison.Ordinal) ? "LF4211"
            : error.Contains("LF", StringComparison.Ordinal) ? error : "";
    }

    /// <summary>Steps that the run said it had done, whose version is not there.</summary>
    private static async Task<string[]> LostAsync(SmallEstate home, string said)
    {
        List<string> lost = [];
        JsonArray steps = said.StartsWith('{') ? JsonNode.Parse(said)!["steps"]!.AsArray() : [];
        foreach (JsonNode? step in steps.Where(s => (string?)s!["state"] == "done"))
        {
            string key = (string)step!["step"]!;
            if (key.Split('.').Length == 3
                && (await home.SnapshotAsync(key))?.Version is var newest && !(newest >= (long)step["version"]!))
            {
                lost.Add(key);
            }
        }

        return [.. lost];
    }

    private static SmallEstate Taken(string folder)
    {
        SmallEstate home = new();
        EstateCopy.Whole(folder, home.Folder);
        return home;
    }

    /// <summary>For each room: a home as it was, a run with that room, what it left, a run with space, what that left.
    /// </summary>
    private async Task RunScriptAsync(string[] under, string home, string scarcely, int[] rooms)
    {
        string script = $$"""
            home=$1 disk=$2 out=$3 dotnet=$4 program=$5
            shift 5
            run() {
                "$dotnet" "$program" run --home "$disk/home" --estate "$disk/home/estate" --format json \
                    >"$out/$1.json" 2>"$out/$1.err"
                echo $? >"$out/$1.code"
            }
            for room in "$@"; do
                rm -rf "$disk/home"
                cp -a "$home" "$disk/home"
                {{scarcely.ReplaceLineEndings("\n    ")}}
                cp -a "$disk/home" "$out/$room-left"
                "$dotnet" "$program" run --home "$disk/home" --estate "$disk/home/estate" >"$out/$room.log" 2>&1
                echo $? >"$out/$room.again"
                cp -a "$disk/home" "$out/$room-mended"
            done
            """;
        string[] command =
        [
            .. under, "sh", "-c", script, "sh", home, Path.Combine(_out.Path, "disk"), _out.Path, DotnetHost.Path,
            Path.Combine(AppContext.BaseDirectory, "Landfall.Cli.dll"),
            .. rooms.Select(r => r.ToString(CultureInfo.InvariantCulture)),
        ];
        CliResult result = await CliProgram.StartAsync(
            Repository.Root, command[0], command[1..], new()
            {
                ["LANDFALL_ROOT"] = Repository.Root,

                // The runtime's executable memory is a file, too, which the limit would keep from being made.
                ["DOTNET_EnableWriteXorExecute"] = "0",
            });
        output.WriteLine(result.Error);
    }
}

using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

/// <summary>
/// Files that change after they were found and before they were copied to their end: left out, the rest lands, and the
/// next run takes them as they are then.
/// </summary>
public sealed class FileChangeTests
{
    private const string Name = "sub/b.csv";
    private static readonly string[] Columns = ["name: id, logicalType: integer, physicalType: int"];

    /// <summary>Larger than what is copied at once.</summary>
    private static readonly string Text = "id\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\n"));

    public static TheoryData<string, bool, int> Changes => new()
    {
        { "grow", false, 200_001 }, { "grow", true, 200_001 },
        { "cut", false, 1 }, { "cut", true, 1 },
        { "replace", false, 1 }, { "replace", true, 1 },
        { "touch", false, 200_000 }, { "touch", true, 200_000 },
        { "delete", false, 0 }, { "delete", true, 0 },
        { "delete folder", false, 0 }, { "delete folder", true, 0 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task File_ThatChangesAfterItWasFound_IsLeftOutUntilItRests(string change, bool midway, int rows)
    {
        using IngestLake lake = new("files: \"**/*.csv\", mode: append", Columns);
        lake.Put("a.csv", "id\n-1\n");
        lake.Put(Name, Text);
        string path = Path.Combine(lake.Source, Name);
        bool changed = false;
        void Once()
        {
            if (!changed)
            {
                changed = true;
                Change(change, path);
            }
        }

        if (midway)
        {
            lake.OnProgress = Once;
        }
        else
        {
            lake.OnTask = _ => Once();
        }

        StepOutcome landed = await lake.LandAsync();

        Assert.Equal([new(Name, "LF4262", "it changed while it was read")], landed.LeftOut);
        Assert.Equal(["a.csv"], (await lake.RegisterAsync()).Entries.Select(e => e.File));
        Assert.Single(Directory.GetFiles(
            Path.Combine(lake.Lake.Root, "ops", "raw"), "*.csv", SearchOption.AllDirectories));

        Assert.Empty((await lake.RunAsync()).LeftOut);
        Assert.Equal([$"{rows + 1}"], await lake.RowsAsync("count(*)"));
    }

    private static void Change(string change, string path)
    {
        switch (change)
        {
            case "grow":
                File.AppendAllText(path, "7\n");
                break;
            case "cut":
                File.WriteAllText(path, "id\n5\n");
                break;
            case "replace":
                File.WriteAllText(path + ".tmp", "id\n6\n");
                File.Move(path + ".tmp", path, overwrite: true);
                break;
            case "touch":
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
                break;
            case "delete":
                File.Delete(path);
                break;
            default:
                Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
                break;
        }
    }
}

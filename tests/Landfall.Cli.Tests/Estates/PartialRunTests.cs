using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Runs that leave bad files of a source out, by the command line.</summary>
public sealed class PartialRunTests
{
    private const string Rows = "id,sold_at,item,qty,note,extra\n6,2026-02-04T10:00:00Z,b,3,big,\n";

    [Fact]
    public async Task Run_BadFileBesideANewOne_BuildsTheRestAndEndsPartial()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        home.Put("events/three.csv", Rows);
        File.CreateSymbolicLink(Path.Combine(home.Folder, "src/events/gone.csv"), "nowhere.csv");

        CliResult partial = await home.TryAsync("run", "--format", "json");
        CliResult again = await home.TryAsync("run");
        File.Delete(Path.Combine(home.Folder, "src/events/gone.csv"));
        CliResult mended = await home.TryAsync("run");

        JsonNode run = JsonNode.Parse(partial.Output)!;
        JsonArray steps = run["steps"]!.AsArray();
        Assert.Equal((ExitCodes.Failure, "partial"), (partial.ExitCode, (string?)run["state"]));
        Assert.Equal("done", (string?)Step(steps, "ops.inbox")["state"]);
        Assert.Equal("done", (string?)Step(steps, "ops.daily.by_item")["state"]);
        JsonNode leftOut = Assert.Single(Step(steps, "ops.inbox")["leftOut"]!.AsArray())!;
        Assert.Equal(
            ("events/gone.csv", "LF4275", "a link: it leads to nothing"),
            ((string?)leftOut["name"], (string?)leftOut["code"], (string?)leftOut["problem"]));
        Assert.Contains(
            "error LF4275: land ops.inbox: events/gone.csv (a link: it leads to nothing) was left out.", partial.Error,
            StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, again.ExitCode);
        Assert.Contains("1 left out", again.Output, StringComparison.Ordinal);
        Assert.Contains("waits for its source to mend it", again.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, mended.ExitCode);
        Assert.Contains("Everything is up to date", mended.Output, StringComparison.Ordinal);
    }

    private static JsonNode Step(JsonArray steps, string key) =>
        steps.Single(s => (string?)s!["step"] == key)!;
}

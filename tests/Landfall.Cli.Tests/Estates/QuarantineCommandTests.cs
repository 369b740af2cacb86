using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests.Estates;

/// <summary>What waits is counted, shown, mended, replayed and accepted by the command line.</summary>
public sealed class QuarantineCommandTests
{
    private const string Event = "ops.inbox.event";
    private const string Bad = "id,sold_at,item,qty,note,extra\n6,2026-02-04T10:00:00Z,b,secret-4711,big,\n"
        + "7,2026-02-05T10:00:00Z,a,1,,\n1,2026-02-05T10:00:00Z,a,1,,\n";

    [Fact]
    public async Task Batch_WithTooManyBadRows_WaitsUntilItIsAccepted()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        Assert.Contains("No row of ops.inbox.event was ever", (await home.TryAsync("quarantine", Event)).Error,
            StringComparison.Ordinal);
        home.Put("events/three.csv", Bad);

        CliResult failed = await home.TryAsync("run");
        CliResult counted = await home.TryAsync("quarantine", "event", "--format", "json");
        CliResult again = await home.TryAsync("replay", $"{Event}/2");
        CliResult accepted = await home.TryAsync("replay", $"{Event}/2", "--accept");
        CliResult rest = await home.TryAsync("run", "--full-refresh");

        Assert.Equal(ExitCodes.Failure, failed.ExitCode);
        Assert.Contains("2 of 3 rows of batch 2 break the contract (primary-key 1, type 1)", failed.Error,
            StringComparison.Ordinal);
        Assert.Contains("landfall replay ops.inbox.event/2 --accept", failed.Error, StringComparison.Ordinal);
        JsonNode[] counts = [.. counted.Output.Trim().Split('\n').Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(
            [(2, "primary-key", "id", 1), (2, "type", "qty", 1)],
            counts.Select(c => ((int)c["batch"]!, (string)c["rule"]!, (string)c["column"]!, (int)c["rows"]!)));
        Assert.Contains("Batch 2 waits: 2 of its 3 rows are bad", counted.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, again.ExitCode);
        Assert.Contains("2 of 3 rows of batch 2", again.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, accepted.ExitCode);
        Assert.Equal(ExitCodes.Success, rest.ExitCode);
        Assert.Equal(6, (await home.RowsAsync(Event)).Length);
        Assert.DoesNotContain("secret-4711", failed.Error + counted.Output + counted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_AreShownOnRequestAlone()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Put("events/three.csv", Bad);
        await home.TryAsync("run");

        CliResult rows = await home.TryAsync("quarantine", Event, "--batch", "1", "--rows", "--limit", "1");
        CliResult none = await home.TryAsync("quarantine", Event, "--batch", "9", "--rows");

        Assert.Contains("secret-4711", rows.Output, StringComparison.Ordinal);
        Assert.Contains("The first 1 row", rows.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-4711", none.Output, StringComparison.Ordinal);
    }

    /// <summary>A batch that the table has is read again with all of its table.</summary>
    [Fact]
    public async Task Replay_OfABatchThatTheTableHas_DerivesItAgain()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        string[] before = await home.RowsAsync(Event);

        CliResult replayed = await home.TryAsync("replay", "event/1");

        Assert.Equal(ExitCodes.Success, replayed.ExitCode);
        Assert.Contains("1 done", replayed.Output, StringComparison.Ordinal);
        Assert.Equal(before, await home.RowsAsync(Event));
    }

    [Theory]
    [InlineData("LF4286", ExitCodes.Failure, "replay", "event/9")]
    [InlineData("LF4287", ExitCodes.Failure, "replay", "event/1", "--accept")]
    [InlineData("LF4915", ExitCodes.Misuse, "replay", "event")]
    [InlineData("LF4915", ExitCodes.Misuse, "replay", "event/0")]
    [InlineData("LF4915", ExitCodes.Misuse, "replay", "by_item/1")]
    [InlineData("LF4904", ExitCodes.Misuse, "replay", "nothing/1")]
    [InlineData("LF4915", ExitCodes.Misuse, "quarantine", "by_item")]
    [InlineData("LF4913", ExitCodes.Misuse, "contract", "accept", "event.nota")]
    [InlineData("LF4913", ExitCodes.Misuse, "contract", "accept", "event")]
    [InlineData("LF4913", ExitCodes.Misuse, "contract", "accept", "by_item.qty")]
    [InlineData("LF4914", ExitCodes.Misuse, "contract", "accept", "event.qty")]
    public async Task Command_ThatMakesNoSense_IsRefused(string code, int exit, params string[] command)
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync("inbox");
        string contract = await File.ReadAllTextAsync(Path.Combine(home.EstateFolder, EvolvingEstate.Events));

        CliResult refused = await home.TryAsync(command);

        Assert.Equal(exit, refused.ExitCode);
        Assert.Contains($"error {code}: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(contract, await File.ReadAllTextAsync(Path.Combine(home.EstateFolder, EvolvingEstate.Events)));
    }

    /// <summary>The message's own command makes the next run go on.</summary>
    [Fact]
    public async Task Column_ThatItsSourceDropped_IsAcceptedByTheCommandOfTheMessage()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change("ops/integrations/inbox/integration.yaml", "\"events/*.csv\", mode: append",
            "\"events/*.csv\", mode: snapshot");
        File.Delete(Path.Combine(home.Folder, "src/events/two.csv"));
        await home.RunWellAsync();
        home.Put("events/next.csv", "id,sold_at,item,qty\n1,2026-01-05T10:00:00Z,a,2\n");

        CliResult refused = await home.TryAsync("run");
        string[] kept = await home.RowsAsync(Event);
        CliResult accepted = await home.TryAsync("contract", "accept", "ops.inbox.event.note");
        CliResult once = await home.TryAsync("contract", "accept", "ops.inbox.event.note");
        CliResult run = await home.TryAsync("run");

        Assert.Equal(ExitCodes.Failure, refused.ExitCode);
        Assert.Contains("error LF4279: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("landfall contract accept ops.inbox.event.note", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, kept.Length);
        Assert.Equal(ExitCodes.Success, accepted.ExitCode);
        Assert.Contains("has version 1.1.0", accepted.Error, StringComparison.Ordinal);
        Assert.Contains("already", once.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("note", run.Error, StringComparison.Ordinal);
        Assert.Single(await home.RowsAsync(Event));
    }

    /// <summary>Products keep the keys that they promise.</summary>
    [Fact]
    public async Task Product_ThatRepeatsItsKey_IsNotCommitted()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        string[] before = await home.RowsAsync("ops.daily.by_item");
        home.Put("items/items.csv", "item,name\na,Same\nb,Same\n");
        home.Change(EvolvingEstate.DailySql, "group by @month(event.sold_at), item.name",
            "group by @month(event.sold_at), item.name, item.item");

        CliResult refused = await home.TryAsync("run");

        Assert.Equal(ExitCodes.Failure, refused.ExitCode);
        Assert.Contains(
            "number of repeated values of the primary key (month, name) is 2 and must be 0", refused.Error,
            StringComparison.Ordinal);
        Assert.Equal(before, await home.RowsAsync("ops.daily.by_item"));
    }
}

using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Agreements are asked for, decided and ended by the command line, and hold at once.</summary>
public sealed class ShareTests
{
    private const string Item = "ops-inbox-item-to-fin-report";
    private static readonly string[] Request =
    [
        "share", "request", "ops.inbox.item", "--for", "fin.report", "--purpose", "Name \"items\": #1", "--columns",
        "item", "--by", "ben@test.example",
    ];

    [Fact]
    public async Task Agreement_FromRequestToEnd_DecidesWhatMayBeRead()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        home.Change(EvolvingEstate.ReportSql, "from ops.inbox.event as event",
            "from ops.inbox.event as event\nwhere event.item in (select item.item from ops.inbox.item as item)");
        Assert.Contains("LF3002", (await home.TryAsync("plan")).Error, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Success, (await home.TryAsync(Request)).ExitCode);
        JsonNode asked = Assert.Single(await ListAsync(home, "--open"));
        Assert.Equal(
            (Item, "ops.inbox.item", "item", "requested", "Name \"items\": #1"),
            ((string)asked["agreement"]!, (string)asked["table"]!, (string)asked["columns"]!, (string)asked["state"]!,
                (string)asked["purpose"]!));
        Assert.Contains("LF3003", (await home.TryAsync("plan")).Error, StringComparison.Ordinal);

        CliResult consumer = await home.TryAsync("share", "approve", Item, "--by", "ben@test.example");
        Assert.Contains("LF3008", consumer.Error, StringComparison.Ordinal);
        Assert.Contains("ana@test.example", consumer.Error, StringComparison.Ordinal);
        Assert.Equal(
            ExitCodes.Success, (await home.TryAsync("share", "approve", Item, "--by", "ana@test.example")).ExitCode);
        Assert.Contains(
            $"permitted by agreement {Item} for item", (await home.TryAsync("plan")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await home.TryAsync("run")).ExitCode);

        Assert.Equal(
            ExitCodes.Success,
            (await home.TryAsync("share", "revoke", Item, "--by", "ana@test.example", "--reason", "over")).ExitCode);
        CliResult revoked = await home.TryAsync("plan");
        Assert.Equal(ExitCodes.Failure, revoked.ExitCode);
        Assert.Contains("was revoked by ana@test.example at ", revoked.Error, StringComparison.Ordinal);
        Assert.Equal("revoked", (string)(await ListAsync(home)).Single(a => (string)a["agreement"]! == Item)["state"]!);
        Assert.Contains(
            "permits nothing that could be revoked",
            (await home.TryAsync("share", "revoke", Item, "--by", "ana@test.example")).Error, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Success, (await home.TryAsync(Request)).ExitCode);
        Assert.Equal(
            ExitCodes.Success,
            (await home.TryAsync("share", "reject", Item + "-2", "--by", "ana@test.example")).ExitCode);
        Assert.Equal(4, (await ListAsync(home)).Length);
    }

    /// <summary>What an agreement does not list cannot be read.</summary>
    [Theory]
    [InlineData("where event.item in (select item.name from ops.inbox.item as item)", "LF3007")]
    [InlineData("where event.item in (select item.item from ops.inbox.item as item)", "")]
    public async Task Columns_OutsideAnAgreement_CannotBeRead(string condition, string code)
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.TryAsync(Request);
        await home.TryAsync("share", "approve", Item, "--by", "ana@test.example");
        home.Change(
            EvolvingEstate.ReportSql, "from ops.inbox.event as event", "from ops.inbox.event as event\n" + condition);

        CliResult run = await home.TryAsync("run");

        Assert.Equal(code.Length == 0 ? ExitCodes.Success : ExitCodes.Failure, run.ExitCode);
        Assert.Contains(code, run.Error, StringComparison.Ordinal);
        if (code.Length == 0)
        {
            Assert.Equal(2, (await home.RowsAsync("fin.report.noted")).Length);
        }
    }

    [Theory]
    [InlineData("LF4916", "approve nothing --by ana@test.example")]
    [InlineData("LF4916", "request ops.inbox.item --for fin.nothing --purpose x --by ben@test.example")]
    [InlineData("LF4916", "request ops.inbox.event --for fin.report --purpose x --by ben@test.example")]
    [InlineData(
        "LF4916", "request ops.inbox.item --for fin.report --purpose x --until 1999-01-01 --by ben@test.example")]
    [InlineData("LF4916", "request fin.report.total --for fin.report --purpose x --by ben@test.example")]
    [InlineData("LF3008", "request ops.inbox.item --for fin.report --purpose x --by ana@test.example")]
    [InlineData(
        "LF4909", "request ops.inbox.item --for fin.report --purpose x --columns nothing --by ben@test.example")]
    public async Task Command_ThatMakesNoSense_ChangesNothing(string code, string command)
    {
        using SmallEstate home = EvolvingEstate.Create();
        string[] before = Files(home);

        CliResult refused = await home.TryAsync(["share", .. command.Split(' ')]);

        Assert.NotEqual(ExitCodes.Success, refused.ExitCode);
        Assert.Contains($"error {code}: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files(home));
    }

    /// <summary>Which classifications may cross zones is the management zone's to say.</summary>
    [Fact]
    public async Task Classifications_ThatMayCross_StandInTheManagementZone()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change("management/zone.yaml", "egress: []", "egress: []\nsharing: { classifications: [public] }");

        CliResult refused = await home.TryAsync("plan");

        Assert.Equal(ExitCodes.Failure, refused.ExitCode);
        Assert.Contains("LF3005", refused.Error, StringComparison.Ordinal);
    }

    private static string[] Files(SmallEstate home) =>
    [
        .. Directory.GetFiles(home.EstateFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => f + "\n" + File.ReadAllText(f)),
    ];

    private static async Task<JsonNode[]> ListAsync(SmallEstate home, params string[] more) =>
    [
        .. (await home.TryAsync(["share", "list", "--format", "json", .. more])).Output.Trim().Split('\n')
            .Select(l => JsonNode.Parse(l)!),
    ];
}

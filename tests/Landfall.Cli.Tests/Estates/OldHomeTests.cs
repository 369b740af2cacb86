using System.Formats.Tar;
using System.IO.Compression;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// A home made by the version before query fingerprints were of no dialect: its estate, sources and lake, with a table
/// built whole, one by months, and a model whose recommendations hold accounts that are held out.
/// </summary>
public sealed class OldHomeTests
{
    private const string Recommendation = "ops.suggest.recommendation";

    [Fact]
    public async Task Run_HomeOfTheVersionBefore_DerivesAgainWhatEarlierRulesReadAndWhatFollows()
    {
        using SmallEstate home = Unpack();
        string[] kept = ["ops.suggest.exposure", "ops.suggest.feedback"];
        Dictionary<string, long> before = await VersionsAsync(home);
        CliResult plan = await home.TryAsync("plan");
        Assert.Contains(
            "enrich ops.inbox.usage: rows were read by earlier rules", plan.Output, StringComparison.Ordinal);

        RunSummary run = await home.RunWellAsync();

        Dictionary<string, long> after = await VersionsAsync(home);
        Assert.Equal(
            before.Keys.Except(kept).Order(StringComparer.Ordinal), Done(run));
        Assert.All(kept, table => Assert.Equal(before[table], after[table]));
        Assert.Equal(RunState.UpToDate, (await home.RunWellAsync()).State);
    }

    [Fact]
    public async Task Run_HomeOfTheVersionBeforeWithOtherCode_BuildsThatAnewOnceAndThenNotForWords()
    {
        using SmallEstate home = Unpack();
        await home.RunWellAsync();
        home.Change("ops/products/totals/by_service.sql", "count(*), 2", "count(*), 3");
        home.Change("ops/products/totals/by_month.sql", "max(account", "min(account");
        Assert.Equal(["ops.totals.by_month", "ops.totals.by_service"], Done(await home.RunWellAsync()));

        home.Change("ops/products/totals/by_service.sql", "SELECT", "/* other words */ select");
        home.Change("ops/products/totals/by_month.sql", "left join", "LEFT\n  JOIN");
        home.Change("ops/products/totals/product.yaml", "@month(day)", "@MONTH( day )");
        Assert.Equal(RunState.UpToDate, (await home.RunWellAsync()).State);
    }

    [Fact]
    public async Task Verify_HomeOfTheVersionBefore_EqualsAFullRebuild()
    {
        using SmallEstate home = Unpack();

        CliResult verified = await home.TryAsync("verify", "totals");

        Assert.Equal((ExitCodes.Success, ""), (verified.ExitCode, verified.ExitCode == 0 ? "" : verified.Error));
    }

    [Fact]
    public async Task Run_HomeOfTheVersionBefore_WarnsOfFormerNames()
    {
        using SmallEstate home = Unpack();

        CliResult plan = await home.TryAsync("plan");

        Assert.Equal(ExitCodes.Success, plan.ExitCode);
        Assert.Contains("LF1056: The key 'gate' is called 'promotion' now.", plan.Error, StringComparison.Ordinal);
        Assert.Contains("Rename knobs to hyperparameters, gate to promotion", plan.Error, StringComparison.Ordinal);
    }

    /// <summary>The migration of ADR 0014.</summary>
    [Fact]
    public async Task Run_HomeOfTheVersionBeforeWithColumnsRenamed_KeepsEveryVersionOfTheModel()
    {
        using SmallEstate home = Unpack();
        await home.RunWellAsync();
        string[] before = await EventsAsync(home, "knobs", "gate");
        Assert.NotEmpty(before);

        home.Change("ops/products/suggest/contract.odcs.yaml", "version: 1.0.0", "version: 2.0.0");
        home.Change("ops/products/suggest/contract.odcs.yaml", "name: knobs", "name: hyperparameters");
        home.Change("ops/products/suggest/contract.odcs.yaml", "name: gate", "name: promotion");
        home.Change("ops/products/suggest/product.yaml", "gate:", "promotion:");
        CliResult versions = await home.TryAsync("recommender", "versions", "--format", "json");
        Assert.Equal(ExitCodes.Success, versions.ExitCode);
        Assert.Contains("\"promotion\":\"passed\"", versions.Output.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        RunSummary run = await home.RunWellAsync();

        // The others record the version of their contract, without a row.
        Assert.Equal(
            ["ops.suggest.model", Recommendation],
            run.Steps.Where(s => s.Outcome.Rows > 0).Select(s => s.Step.Key).Order(StringComparer.Ordinal));
        string[] after = await EventsAsync(home, "hyperparameters", "promotion");
        Assert.Equal(before, after[..before.Length]);
        Assert.DoesNotContain("LF1056", (await home.TryAsync("plan")).Error, StringComparison.Ordinal);
        Assert.Equal(RunState.UpToDate, (await home.RunWellAsync()).State);
    }

    /// <summary>The rows of the registry, a text each, the oldest first.</summary>
    private static async Task<string[]> EventsAsync(SmallEstate home, params string[] columns)
    {
        CliResult rows = await home.TryAsync(
            "query", "select event, version, alias, cast(recorded_at as varchar) as at, artifact, sha256, "
            + $"{string.Join(", ", columns)} from ops.suggest.model order by recorded_at, event desc, version",
            "--format", "csv");
        Assert.Equal((ExitCodes.Success, ""), (rows.ExitCode, rows.ExitCode == 0 ? "" : rows.Error));
        return rows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
    }

    private static SmallEstate Unpack()
    {
        SmallEstate home = new();
        string archive = Path.Combine(
            Repository.Root, "tests", "Landfall.Cli.Tests", "Homes", "version-1.tar.gz");
        using GZipStream text = new(File.OpenRead(archive), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(text, home.Folder, overwriteFiles: true);
        return home;
    }

    private static string[] Done(RunSummary run) =>
    [
        .. run.Steps.Where(s => s.Outcome.State == StepState.Done).Select(s => s.Step.Key)
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<Dictionary<string, long>> VersionsAsync(SmallEstate home)
    {
        Dictionary<string, long> versions = [];
        foreach (string table in new[]
        {
            "ops.inbox.usage", "ops.inbox.account", "ops.totals.by_service", "ops.totals.by_month",
            "ops.suggest.interaction", "ops.suggest.owner", "ops.suggest.gram", "ops.suggest.model", Recommendation,
            "ops.suggest.exposure", "ops.suggest.feedback",
        })
        {
            versions[table] = (await home.SnapshotAsync(table))!.Version;
        }

        return versions;
    }
}

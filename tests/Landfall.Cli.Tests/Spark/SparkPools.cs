using System.Text.RegularExpressions;
using Landfall.Cli.Tests.Estates;

namespace Landfall.Cli.Tests.Spark;

/// <summary>Puts the engine of pools to Spark, as a zone would.</summary>
internal static partial class SparkPools
{
    /// <summary>Relecloud in a folder, the pools of operations on a Spark.</summary>
    public static void WriteRelecloud(string folder, string address, Uri? ui)
    {
        EstateCopy.Whole(Path.Combine(Repository.Root, "estates", "relecloud"), folder);
        string zone = Path.Combine(folder, "operations", "zone.yaml");
        string text = File.ReadAllText(zone);
        string changed = Engine().Replace(text, $"engine: spark, spark: {SettingsOf(address, ui)}");
        Assert.NotEqual(text, changed);
        File.WriteAllText(zone, changed);
        Allow(folder);
    }

    /// <summary>The pool <c>shared</c> of the zone <c>ops</c> of a small estate on a Spark, for its products.</summary>
    public static void Change(
        SmallEstate home, string address, Uri? ui, string timeout = "1h", string configuration = "")
    {
        home.Change("ops/zone.yaml", "engines: [duckdb]", "engines: [duckdb, spark]");
        home.Change(
            "ops/zone.yaml", "roles: []",
            $"  - {{ id: cluster, engine: spark, spark: {SettingsOf(address, ui, configuration)},\n"
            + $"      memory: 1GiB, threads: 1, concurrency: 1, timeout: {timeout},\n"
            + "      price: { cpuHour: 0.10 } }\nroles: []");
        home.Change("ops/products/daily/product.yaml", "pool: shared", "pool: cluster");
        home.Change("management/zone.yaml", "egress: []", "egress: [{ name: spark, host: 127.0.0.1 }]");
    }

    /// <summary>The pool <c>shared</c> itself on a Spark, whose host the estate allows already.</summary>
    public static void ChangeShared(SmallEstate home, string address, Uri? ui)
    {
        home.Change("ops/zone.yaml", "engines: [duckdb]", "engines: [duckdb, spark]");
        home.Change("ops/zone.yaml", "engine: duckdb", $"engine: spark, spark: {SettingsOf(address, ui)}");
    }

    private static void Allow(string folder)
    {
        string management = Path.Combine(folder, "management", "zone.yaml");
        File.WriteAllText(management, File.ReadAllText(management).Replace(
            "egress:\n", "egress:\n  - { name: spark, host: 127.0.0.1 }\n", StringComparison.Ordinal));
    }

    private static string SettingsOf(string address, Uri? ui, string configuration = "") =>
        $"{{ address: \"{address}\", cores: 2{(ui is null ? "" : $", ui: \"{ui.ToString().TrimEnd('/')}\"")}, "
        + $"configuration: {{ {configuration} }} }}";

    [GeneratedRegex("engine: duckdb")]
    private static partial Regex Engine();
}

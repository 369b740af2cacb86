using System.Globalization;
using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// A home of its own with Relecloud's sources; its database is stopped and its folder removed at the end.
/// </summary>
public sealed class DemoHome : IAsyncDisposable
{
    /// <summary>First day of the demo in tests, which would do something else every day without one.</summary>
    internal const string FirstDay = "2026-06-02";

    private readonly string _estate;

    public DemoHome(string? estate = null)
    {
        _estate = estate ?? Path.Combine(Repository.Root, "estates", "relecloud");
        Folder = Directory.CreateTempSubdirectory("landfall-home-").FullName;
    }

    public string Folder { get; }

    public string Lake => Path.Combine(Folder, "local", "lake");

    /// <summary>Runs a command in this home, on its estate or another.</summary>
    internal Task<CliResult> TryAsync(string? estate, params string[] arguments) =>
        CliProgram.RunAsync([.. arguments, "--home", Folder, "--estate", estate ?? _estate]);

    /// <summary>Runs a command in this home, which must end well; returns standard output.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        CliResult result = await TryAsync(null, arguments);
        Assert.True(
            result.ExitCode == 0,
                $"landfall {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Error}{result.Output}");
        return result.Output;
    }

    /// <summary>Makes the demo's source systems in this home.</summary>
    public Task MakeSourcesAsync(int days, string scale = "0.002", string seed = "7", string from = FirstDay) =>
        RunAsync(
            "demo", "sources", "--scale", scale, "--seed", seed, "--from", from,
            "--days", days.ToString(CultureInfo.InvariantCulture));

    /// <summary>The rows of a query, an object of texts each; numbers as they are printed.</summary>
    public async Task<List<Dictionary<string, string?>>> QueryAsync(string sql) =>
        [.. Lines(await RunAsync("query", "--format", "json", sql)).Select(Texts)];

    /// <summary>Names of all commits in the lake, relative to it.</summary>
    public string[] Commits() =>
    [
        .. Directory.EnumerateFiles(Lake, "*.json", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "_delta_log")
            .Select(f => Path.GetRelativePath(Lake, f)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Asserts that every cell of revenue by service is what the simulator says it must be.</summary>
    public async Task AssertEqualsTruthAsync()
    {
        JsonNode truth = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "sources", "truth.json")))!;
        var expected = truth["revenue_by_service"]!.AsArray().Select(c => Texts(c!.AsObject())).ToList();
        var actual = await QueryAsync(
            "select * from billing.revenue_by_service.revenue_by_service order by month, service_id");
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(Text).Order(StringComparer.Ordinal), actual.Select(Text)
            .Order(StringComparer.Ordinal));

        string[] accounts = await File.ReadAllLinesAsync(Path.Combine(Folder, "sources", "truth-accounts.csv"));
        string[] built = (await RunAsync(
            "query", "--format", "csv",
                $"select {accounts[0]} from billing.revenue_by_service.revenue_by_account_service"))
            .ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(accounts.Order(StringComparer.Ordinal), built.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await TryAsync(Path.Combine(Repository.Root, "estates", "relecloud"), "down");
        Directory.Delete(Folder, recursive: true);
    }

    private static IEnumerable<JsonObject> Lines(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject());

    private static Dictionary<string, string?> Texts(JsonObject row) =>
        row.ToDictionary(p => p.Key, p => p.Value is null ? null : Number(p.Value.ToString()), StringComparer.Ordinal);

    /// <summary>The same number prints the same, whatever zeros it came with.</summary>
    private static string Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? (value / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
            : text;

    private static string Text(Dictionary<string, string?> row) =>
        string.Join(' ', row.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
}

using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Whether what the management zone says of runs agrees with the logs of the tables: each commit of a step has one
/// intent, with the same inputs, and a meter that paid for it; each step that is said to have committed did.
/// </summary>
internal static class LedgerOracle
{
    private sealed record StepCommit(string Run, string Step, string Table, long Number, long Version, string Inputs)
    {
        public string Mode { get; init; } = "";
    }

    /// <summary>What does not agree, a sentence each; nothing where all does.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(DemoHome home)
    {
        List<StepCommit> commits = [.. Commits(home.Lake)];
        Dictionary<(string?, string?, string), string> intents = [];
        List<string> violations = [];
        foreach (Dictionary<string, string?> row in await home.QueryAsync(
            "select run_id, step, details from management.platform.runs where event = 'intent'"))
        {
            JsonNode details = JsonNode.Parse(row["details"]!)!;
            string table = $"{details["table"]} {details["stepNumber"]}";
            if (!intents.TryAdd((row["run_id"], row["step"], table), Inputs(details)))
            {
                violations.Add($"{row["step"]} meant to commit {table} twice");
            }
        }

        HashSet<(string?, string?)> metered =
        [
            .. (await home.QueryAsync("select distinct run_id, step from management.platform.meters"))
                .Select(r => (r["run_id"], r["step"])),
        ];
        foreach (StepCommit commit in commits)
        {
            string table = $"{commit.Table} {commit.Number}";
            if (!intents.TryGetValue((commit.Run, commit.Step, table), out string? inputs))
            {
                violations.Add($"{commit.Step} committed {table} without an intent");
            }
            else if (inputs != commit.Inputs)
            {
                violations.Add($"{commit.Step} committed {table} of other inputs than it meant to");
            }

            if (commit.Mode != "contract" && !metered.Contains((commit.Run, commit.Step)))
            {
                violations.Add($"{commit.Step} committed {table} and nobody paid");
            }
        }

        HashSet<(string?, string?)> made = [.. commits.Select(c => (c.Step, (string?)$"{c.Version}"))];
        violations.AddRange(
            from row in await home.QueryAsync(
                "select step, version from management.platform.runs where event = 'committed' and version is not null")
            where !made.Contains((row["step"], row["version"]))
            select $"{row["step"]} says that it committed version {row["version"]}");
        return violations;
    }

    private static IEnumerable<StepCommit> Commits(string lake)
    {
        foreach (string file in Directory.EnumerateFiles(lake, "*.json", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "_delta_log"
                && long.TryParse(Path.GetFileNameWithoutExtension(f), out _)))
        {
            JsonNode? info = File.ReadLines(file).Select(l => JsonNode.Parse(l)!["commitInfo"]?["landfall"])
                .FirstOrDefault(i => i is not null);
            if (info?["step"] is not null)
            {
                yield return new(
                    (string)info["run"]!, (string)info["step"]!, (string)info["table"]!, (long)info["stepNumber"]!,
                    long.Parse(Path.GetFileNameWithoutExtension(file), null), Inputs(info))
                {
                    Mode = (string?)info["mode"] ?? "",
                };
            }
        }
    }

    private static string Inputs(JsonNode info) => info["inputs"]?.ToJsonString() ?? "";
}

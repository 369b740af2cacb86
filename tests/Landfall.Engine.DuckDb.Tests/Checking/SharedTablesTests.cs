using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Delta.Checking;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Checking;
using Landfall.Engine.DuckDb.Tests.Storage;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Tests.Checking;

/// <summary>Tables that other implementations wrote are found well, but for those that are not.</summary>
public sealed class SharedTablesTests
{
    [SharedFact("delta/index.json")]
    public async Task Check_GoodTablesOfOthers_FindsOnlyWhatIsWrong()
    {
        string index = SharedFactAttribute.Find("delta/index.json")!;
        JsonNode root = JsonNode.Parse(await File.ReadAllTextAsync(index))!;
        using DuckDbDatabase database = DuckDbDatabase.Open();
        List<string> faults = [];
        int clean = 0;
        foreach (JsonNode? record in root as JsonArray ?? root["tables"]!.AsArray())
        {
            if (!((string)record!["verdict"]!).StartsWith("read", StringComparison.Ordinal))
            {
                continue;
            }

            string path = Path.Combine(Path.GetDirectoryName(index)!, (string)record["table"]!);
            try
            {
                CheckFinding[] findings = await new TableChecker(path, database, TimeProvider.System)
                    .CheckAsync(new() { Deep = true }, null, default).ToArrayAsync();
                faults.AddRange(findings.Where(f => f.Severity == CheckSeverity.Error)
                    .Select(f => $"{record["name"]}: {f.Problem}"));
                clean += findings.Any(f => f.Severity == CheckSeverity.Error) ? 0 : 1;
            }
            catch (UnsupportedTableException)
            {
                // What is not read is not checked.
            }
            catch (LandfallException e)
            {
                faults.Add($"{record["name"]}: {e.Message}");
            }
        }

        // Of two there is the log alone; in the other a release of delta-rs rounded a lower bound up.
        Assert.Equal(
            [
                "issue_1374: its statistics are wrong: values of timestamp are below the lower bound",
                "latest_not_checkpointed: the file is missing",
                "table-with-domain-metadata: the file is missing",
            ],
            faults.Distinct().Order(StringComparer.Ordinal));
        Assert.True(clean >= 35, $"Only {clean} tables were checked.");
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>Delta Lake itself.</summary>
public sealed class SparkJudge(JudgesFixture judges) : IJudge
{
    public JudgeDialect Dialect => JudgeDialect.Spark;

    public IReadOnlyList<JsonObject> Read(string table, long? version, string sql)
    {
        string at = version is { } number ? $" version as of {number}" : "";
        return judges.AskSpark($"with t as (select * from {Name(table)}{at}) {sql}");
    }

    public IReadOnlyList<(long Version, string Operation, long Timestamp)> History(string table)
    {
        // DESCRIBE HISTORY cannot be a part of a query; its timestamps are ISO 8601 in UTC.
        return [.. judges.AskSpark($"describe history {Name(table)}").Select(r => (
            (long)r["version"]!, (string)r["operation"]!,
            DateTimeOffset.Parse((string)r["timestamp"]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()))
            .OrderBy(r => r.Item1)];
    }

    public void Append(string table, string sql) =>
        judges.AskSpark($"insert into {Name(table)} with t as (select * from {Name(table)}) {sql}");

    public void Delete(string table, string where) => judges.AskSpark($"delete from {Name(table)} where {where}");

    public void Merge(string table, string sql) => judges.AskSpark(
        $"merge into {Name(table)} target using (with t as (select * from {Name(table)}) {sql}) source "
        + "on target.id = source.id when matched then update set * when not matched then insert *");

    public void Compact(string table) => judges.AskSpark($"optimize {Name(table)}");

    public void Checkpoint(string table) => judges.CheckpointBySpark(table);

    public void Vacuum(string table) => judges.AskSpark($"vacuum {Name(table)} retain 0 hours");

    private static string Name(string table) => $"delta.`{table}`";
}

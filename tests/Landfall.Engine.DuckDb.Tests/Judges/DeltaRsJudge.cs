using System.Text.Json.Nodes;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>delta-rs, which shares no code with ours nor with Delta Lake's.</summary>
public sealed class DeltaRsJudge(JudgesFixture judges) : IJudge
{
    /// <summary>Its place among the fixtures.</summary>
    public const string Program = "delta-rs/delta-rs";

    public JudgeDialect Dialect => JudgeDialect.DataFusion;

    public IReadOnlyList<JsonObject> Read(string table, long? version, string sql) =>
        Ask("read", table, ("sql", sql), ("version", version));

    public IReadOnlyList<(long Version, string Operation, long Timestamp)> History(string table) =>
    [
        .. Ask("history", table).Select(r => (
            (long)r["version"]!, (string)r["operation"]!, (long)r["timestamp"]!)).OrderBy(r => r.Item1),
    ];

    public void Append(string table, string sql) => Ask("append", table, ("sql", sql));

    public void Delete(string table, string where) => Ask("delete", table, ("where", where));

    public void Merge(string table, string sql) => Ask("merge", table, ("sql", sql));

    public void Compact(string table) => Ask("compact", table);

    public void Checkpoint(string table) => Ask("checkpoint", table);

    public void Vacuum(string table) => Ask("vacuum", table);

    private IReadOnlyList<JsonObject> Ask(
        string command, string table, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        JsonObject request = new() { ["command"] = command, ["table"] = table };
        foreach ((string name, JsonNode? value) in more)
        {
            request[name] = value;
        }

        return judges.AskDeltaRs(request);
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Ingest;

/// <summary>Which landed files an enriched table has to take in, and how.</summary>
internal sealed record EnrichScope
{
    /// <summary>Files to read, in order of batch.</summary>
    public required ImmutableArray<RegisterEntry> Files { get; init; }

    /// <summary>What becomes of their rows.</summary>
    public required EnrichMode Mode { get; init; }

    /// <summary>Whether everything is derived anew, so that what the table has goes.</summary>
    public required bool Rebuild { get; init; }

    /// <summary>Content that the paths of these files had before, the newest first.</summary>
    public ImmutableArray<RegisterEntry> Superseded { get; init; } = [];

    /// <summary>Sources whose old rows go.</summary>
    public ImmutableArray<string> ReplacedSources { get; init; } = [];

    /// <summary>Why, as a phrase.</summary>
    public required string Reason { get; init; }

    /// <summary>Compares the register with what the table says it has.</summary>
    /// <param name="table">The table.</param>
    /// <param name="landed">The table's landed files.</param>
    /// <param name="lastBatch">The last batch that the table has; 0 for none.</param>
    /// <param name="info">What the last commit says of itself; null where the table does not exist.</param>
    /// <param name="rebuild">Why everything is derived anew; null where it is not.</param>
    public static EnrichScope Of(
        IntegrationTable table, ImmutableArray<RegisterEntry> landed, long lastBatch,
        JsonObject? info, string? rebuild)
    {
        ImmutableArray<RegisterEntry> pending = rebuild is null ? [.. landed.Where(f => f.Batch > lastBatch)] : landed;
        RepeatedRows repeats = table.Reading.Repeats;
        bool whole = rebuild is not null || info is null;
        int batches = pending.Select(f => f.Batch).Distinct().Count();
        string reason = rebuild ?? (info is null ? "new" : $"{batches} new {(batches == 1 ? "batch" : "batches")}");
        EnrichScope scope = new() { Files = pending, Mode = EnrichMode.Append, Rebuild = rebuild is not null,
            Reason = reason };
        return table.Mode switch
        {
            LoadMode.Snapshot => scope.NewestOnly(landed, whole ? null : info),
            LoadMode.Upsert => scope with { Mode = EnrichMode.Upsert },
            _ when repeats == RepeatedRows.OfTheSameFile => scope.WithoutSuperseded(landed, whole
                ? long.MaxValue : lastBatch),
            _ when repeats == RepeatedRows.None => scope,
            _ when whole && pending.Select(f => f.Batch).Distinct().Count() == 1 => scope,
            _ => scope with { Mode = EnrichMode.Difference },
        };
    }

    /// <summary>What the table's commit notes of a snapshot, to compare the next one with.</summary>
    public static JsonObject SourceOf(RegisterEntry file) => new()
    {
        ["path"] = file.Path,
        ["sha256"] = file.Sha256,
        ["time"] = file.SourceTime,
    };

    /// <summary>The newest copy is the table; one that is older than it, or the same, changes nothing.</summary>
    private EnrichScope NewestOnly(ImmutableArray<RegisterEntry> landed, JsonObject? info)
    {
        RegisterEntry? newest = landed.MaxBy(f => (f.SourceTime, f.Batch));
        bool same = newest is null || (string?)info?["source"]?["path"] == newest.Path
            || (string?)info?["source"]?["sha256"] == newest.Sha256;
        return this with { Files = same ? [] : [newest!], Mode = EnrichMode.Replace };
    }

    /// <summary>Of a path with new content only the newest counts; what the table has of it goes.</summary>
    private EnrichScope WithoutSuperseded(ImmutableArray<RegisterEntry> landed, long lastBatch)
    {
        Dictionary<string, string> newest = [];
        foreach (RegisterEntry file in landed)
        {
            newest[file.File] = file.Path;
        }

        HashSet<string> had = [.. landed.Where(f => lastBatch < long.MaxValue
            && f.Batch <= lastBatch).Select(f => f.File)];
        return this with
        {
            Files = [.. Files.Where(f => newest[f.File] == f.Path)],
            Superseded = [.. Files.Where(f => newest[f.File] != f.Path).Reverse()],
            ReplacedSources = [.. Files.Select(f => f.File).Where(had.Contains).Distinct()],
        };
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Policies;

/// <summary>What Relecloud makes in production, as it is committed; another test holds it against the estate.</summary>
internal static class RelecloudSnapshots
{
    /// <summary>All resources.</summary>
    public static ImmutableArray<SnapshotResource> Prod { get; } =
    [
        .. Directory.EnumerateFiles(Folder(), "*.snapshot.json").Order(StringComparer.Ordinal)
            .SelectMany(f => Snapshot.Parse(File.ReadAllText(f)).Resources),
    ];

    /// <summary>The first of a type.</summary>
    public static SnapshotResource First(string type) => Prod.First(r => r.Is(type));

    /// <summary>All with one of them instead of itself.</summary>
    public static ImmutableArray<SnapshotResource> With(SnapshotResource old, SnapshotResource changed) =>
        Prod.Replace(old, changed);

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "Committed", "prod");
}

using System.Collections.Immutable;

namespace Landfall.Azure.Generation;

/// <summary>The storage accounts of a zone's lake and the layers that each holds, a container a layer.</summary>
internal static class LakeAccounts
{
    /// <summary>What was landed.</summary>
    public const string Raw = "raw";

    /// <summary>What is read: enriched and curated.</summary>
    public const string Lake = "lake";

    /// <summary>What people and services work in.</summary>
    public const string Work = "work";

    /// <summary>All of them.</summary>
    public static ImmutableArray<(string Name, ImmutableArray<string> Containers)> All { get; } =
        [(Raw, ["raw"]), (Lake, ["enriched", "curated"]), (Work, ["workspace"])];
}

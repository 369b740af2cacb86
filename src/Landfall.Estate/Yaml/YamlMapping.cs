using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Yaml;

/// <summary>Keys with values in the order of the file; keys are unique.</summary>
public sealed record YamlMapping(SourceLocation Location, ImmutableArray<YamlEntry> Entries) : YamlValue(Location)
{
    /// <inheritdoc/>
    public override string Shape => "a mapping";

    /// <summary>The entry of a key; null when absent.</summary>
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key);
}

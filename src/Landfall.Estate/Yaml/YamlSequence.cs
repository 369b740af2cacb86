using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Yaml;

/// <summary>A list of values.</summary>
public sealed record YamlSequence(SourceLocation Location, ImmutableArray<YamlValue> Items) : YamlValue(Location)
{
    /// <inheritdoc/>
    public override string Shape => "a list";
}

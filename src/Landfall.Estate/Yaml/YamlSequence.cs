using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Yaml;

/// <summary>A list of values.</summary>
internal sealed record YamlSequence(SourceLocation Location, ImmutableArray<YamlValue> Items) : YamlValue(Location)
{
    public override string Shape => "a list";
}

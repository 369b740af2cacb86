using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Yaml;

/// <summary>Text; only plain (unquoted) text may be read as a number or a boolean.</summary>
public sealed record YamlScalar(SourceLocation Location, string Text, bool Plain) : YamlValue(Location)
{
    /// <inheritdoc/>
    public override string Shape => Plain ? "a plain value" : "text in quotes";

    /// <inheritdoc/>
    public override bool IsEmpty => Plain && Text.Length == 0;
}

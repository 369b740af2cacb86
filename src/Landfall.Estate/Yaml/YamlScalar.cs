using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Yaml;

/// <summary>Text; only plain (unquoted) text may be read as a number or a boolean.</summary>
internal sealed record YamlScalar(SourceLocation Location, string Text, bool Plain) : YamlValue(Location)
{
    public override string Shape => Plain ? "a plain value" : "text in quotes";

    public override bool IsEmpty => Plain && Text.Length == 0;
}

using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Yaml;

/// <summary>A value of a YAML file, with the place where it begins.</summary>
public abstract record YamlValue(SourceLocation Location)
{
    /// <summary>What the value is, for messages.</summary>
    public abstract string Shape { get; }

    /// <summary>Whether nothing is written where a value would stand.</summary>
    public virtual bool IsEmpty => false;
}

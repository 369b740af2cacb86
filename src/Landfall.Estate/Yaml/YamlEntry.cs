namespace Landfall.Estate.Yaml;

/// <summary>A key of a mapping with its value.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlValue Value);

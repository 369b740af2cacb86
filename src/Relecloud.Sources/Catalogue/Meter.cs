namespace Relecloud.Sources.Catalogue;

/// <summary>Something a service measures, in a unit.</summary>
internal sealed record Meter(string Name, string Unit);

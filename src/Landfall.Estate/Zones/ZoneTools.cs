using System.Collections.Immutable;

namespace Landfall.Estate.Zones;

/// <summary>The group's own choice of tools.</summary>
/// <param name="Engines">Engines pools may name: <c>duckdb</c>, <c>spark</c>.</param>
/// <param name="Sources">Source types integrations may use: <c>files</c>, <c>postgres</c>.</param>
/// <param name="Serving">Ways products may be served: <c>sql</c>, <c>http</c>.</param>
public sealed record ZoneTools(
    ImmutableArray<string> Engines, ImmutableArray<string> Sources, ImmutableArray<string> Serving);

using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Analysis;

/// <summary>
/// Integrations and products in pools whose engine is not there: another engine in its place would have other prices
/// and limits than the pool promises, so that nothing runs. A pool that nothing uses may wait for its engine.
/// </summary>
internal static class EngineCheck
{
    /// <summary>An error for each integration and product whose pool has no engine.</summary>
    /// <param name="estate">The estate.</param>
    /// <param name="engines">Names of the engines that there are.</param>
    public static IEnumerable<Diagnostic> Of(EstateDefinition estate, IReadOnlyCollection<string> engines) =>
        from zone in estate.Zones
        from unit in UnitsOf(zone)
        let pool = zone.Pools.FirstOrDefault(p => p.Id == unit.Pool)
        where pool is not null && !engines.Contains(pool.Engine)
        select new Diagnostic(
            "LF1055",
            Severity.Error,
            estate.Sources.Find($"zone:{zone.Id}/{unit.Key}/pool"),
            $"The pool '{pool.Id}' has the engine {pool.Engine}, which this program does not have.",
            $"Choose a pool with an engine that it has ({string.Join(", ", engines)}), or change engine of '{pool.Id}' "
            + $"in {zone.Id}/zone.yaml.");

    private static IEnumerable<(string Key, string Pool)> UnitsOf(Zone zone) =>
    [
        .. zone.Integrations.Select(i => ($"integration:{i.Id}", i.Pool)),
        .. zone.Products.Select(p => ($"product:{p.Id}", p.Pool)),
    ];
}

using Landfall.Estate.Zones;

namespace Landfall.Engine.Running;

/// <summary>Whom a meter charges.</summary>
/// <param name="RunId">The run.</param>
/// <param name="StepId">The step.</param>
/// <param name="Zone">The zone that pays.</param>
/// <param name="Unit">The integration or product.</param>
/// <param name="Table">The step's table, as its key.</param>
/// <param name="Pool">The pool that did the work.</param>
/// <param name="PriceVersion">Version of the price list.</param>
internal sealed record MeteredStep(
    string RunId, string StepId, string Zone, string Unit, string Table, Pool Pool, string PriceVersion)
{
    /// <summary>A step of a run.</summary>
    public static MeteredStep Of(StepContext context, string runId) => new(
        runId, context.StepId, context.Node.Zone.Id, context.Node.UnitId, context.Node.Key, context.Node.Pool,
        context.Estate.Prices.Version);
}

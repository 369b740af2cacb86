namespace Landfall.Engine.Steps;

/// <summary>What a step does.</summary>
public enum StepKind
{
    /// <summary>Copies what is new in a source to raw; one step an integration.</summary>
    Land,

    /// <summary>Brings an enriched table up to the landed batches.</summary>
    Enrich,

    /// <summary>Computes a product's table.</summary>
    Build,

    /// <summary>Publishes the tables of an integration or product to where people read them; one step a unit.</summary>
    Publish,
}

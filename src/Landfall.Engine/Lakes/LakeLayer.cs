namespace Landfall.Engine.Lakes;

/// <summary>The layers of a zone's lake, each a folder of its lower-case name.</summary>
public enum LakeLayer
{
    /// <summary>What sources sent, byte for byte.</summary>
    Raw,

    /// <summary>Source tables as Delta, typed by their contracts.</summary>
    Enriched,

    /// <summary>Products' tables as Delta.</summary>
    Curated,

    /// <summary>People's sandboxes.</summary>
    Workspace,
}

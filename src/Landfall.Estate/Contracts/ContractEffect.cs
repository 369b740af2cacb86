namespace Landfall.Estate.Contracts;

/// <summary>What a change of a contract means.</summary>
public enum ContractEffect
{
    /// <summary>Words for people; no data changes.</summary>
    Described,

    /// <summary>Readers go on as they are; the table is made anew with it.</summary>
    Compatible,

    /// <summary>Readers may break: the major version must rise, and the table is made anew.</summary>
    Breaking,
}

namespace Landfall.Testing.Delta.Simulation;

/// <summary>What a simulated writer does wrong on purpose, so that a simulation must find it out.</summary>
public enum Weakness
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Files are never made durable.</summary>
    NoFileSync,

    /// <summary>Names in folders are never made durable.</summary>
    NoFolderSync,

    /// <summary>A batch is acknowledged before its commit is in place.</summary>
    AcknowledgesFirst,

    /// <summary>A log entry gets its name before its content is durable.</summary>
    LinksBeforeSync,

    /// <summary>A commit is made before its data files are durable.</summary>
    CommitsBeforeData,

    /// <summary>A look and a rename stand in for the link.</summary>
    Renames,

    /// <summary>A checkpoint lacks a part of the state.</summary>
    PartialCheckpoint,

    /// <summary>A commit that its writer finds is taken for durable.</summary>
    TrustsWhatItFinds,
}

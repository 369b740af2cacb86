namespace Landfall.Engine.Engines;

/// <summary>Texts need more memory than the stage has.</summary>
/// <param name="cause">What the engine said.</param>
public sealed class StagedMemoryException(Exception cause) : Exception("The rows need more memory.", cause);

namespace Landfall.Testing.Delta.Simulation;

/// <summary>A simulated process ends here, with its machine or alone. No code may catch it.</summary>
public sealed class PowerCutException() : Exception("The simulated process ended here.");

namespace Landfall.Azure.Compiler;

/// <summary>A part of a file as the compiler counts.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct BicepRange(BicepPosition Start, BicepPosition End);

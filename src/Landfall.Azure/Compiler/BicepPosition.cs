namespace Landfall.Azure.Compiler;

/// <summary>A place in a file as the compiler counts.</summary>
/// <param name="Line">Line, from 0.</param>
/// <param name="Char">Column, from 0.</param>
public readonly record struct BicepPosition(int Line, int Char);

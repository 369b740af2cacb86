namespace Landfall.Azure.Compiler;

/// <summary>Something that the compiler reports.</summary>
/// <param name="Source">Absolute path of the file.</param>
/// <param name="Range">The place in it.</param>
/// <param name="Level">Error, Warning or Info.</param>
/// <param name="Code">The compiler's own code, for example <c>BCP036</c>, or the name of a linter rule.</param>
/// <param name="Message">What is wrong.</param>
public sealed record BicepDiagnostic(string Source, BicepRange Range, string Level, string Code, string Message);

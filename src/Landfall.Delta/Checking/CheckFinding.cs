namespace Landfall.Delta.Checking;

/// <summary>What a check of a table found. Holds no row values.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">Its diagnostic code, LF4236 to LF4239.</param>
/// <param name="File">The file, relative to the table's folder.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Meaning">What follows for readers.</param>
/// <param name="Action">What to do.</param>
public sealed record CheckFinding(
    CheckSeverity Severity, string Code, string File, string Problem, string Meaning, string Action);

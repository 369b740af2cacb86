namespace Landfall.Azure.Checking;

/// <summary>Something that is wrong with a deployment.</summary>
/// <param name="Code">Diagnostic code.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Environment">The environment; empty where others wrote the folder.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Place"><c>file:line:column</c> where the compiler says so, else the resource's id and the path.</param>
/// <param name="Message">What is wrong, one sentence with a full stop; never a secret.</param>
/// <param name="Fix">What to do.</param>
public sealed record Finding(
    string Code,
    FindingSeverity Severity,
    string Environment,
    string Deployment,
    string Place,
    string Message,
    string Fix);

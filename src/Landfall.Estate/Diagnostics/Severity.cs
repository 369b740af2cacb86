namespace Landfall.Estate.Diagnostics;

/// <summary>How much a diagnostic weighs: an error stops the command, a warning is reported.</summary>
public enum Severity
{
    /// <summary>Reported; the command goes on.</summary>
    Warning,

    /// <summary>The command does nothing and exits with 1.</summary>
    Error,
}

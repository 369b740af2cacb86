namespace Landfall.Azure.Checking;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; the folder is clean with it.</summary>
    Note,

    /// <summary>Works today, but not as wished.</summary>
    Warning,

    /// <summary>The deployment fails, or makes something else than it says.</summary>
    Error,
}

namespace Landfall.Delta.Checking;

/// <summary>How bad a finding is.</summary>
public enum CheckSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Information,

    /// <summary>Readers manage, but something is not as it should be.</summary>
    Warning,

    /// <summary>The table is damaged, or readers may get other rows.</summary>
    Error,
}

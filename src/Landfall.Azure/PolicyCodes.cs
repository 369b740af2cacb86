namespace Landfall.Azure;

/// <summary>Diagnostic codes of policies of Azure.</summary>
public static class PolicyCodes
{
    /// <summary>A file that is no JSON.</summary>
    public const string Unreadable = "LF5301";

    /// <summary>A file that holds no policy.</summary>
    public const string NoPolicy = "LF5302";

    /// <summary>A condition that is none.</summary>
    public const string Condition = "LF5303";

    /// <summary>An expression that is none.</summary>
    public const string Expression = "LF5304";

    /// <summary>A parameter that is not declared, not given, or of the wrong type.</summary>
    public const string Parameter = "LF5305";

    /// <summary>A field or alias that nothing has.</summary>
    public const string Field = "LF5306";

    /// <summary>An effect that there is not, or without what it needs.</summary>
    public const string Effect = "LF5307";

    /// <summary>A definition, set or assignment that is named and not there.</summary>
    public const string UnknownPolicy = "LF5308";

    /// <summary>A set of sets.</summary>
    public const string Circle = "LF5309";

    /// <summary>Two of one kind with one name.</summary>
    public const string DuplicateName = "LF5310";

    /// <summary>An exemption without a reason or an end.</summary>
    public const string Exemption = "LF5311";

    /// <summary>An exemption that has ended.</summary>
    public const string EndedExemption = "LF5312";

    /// <summary>A key that is missing, or a value of the wrong shape.</summary>
    public const string Shape = "LF5313";

    /// <summary>A definition or set that nothing assigns.</summary>
    public const string Unassigned = "LF5314";

    /// <summary>A definition of Azure that is not among the files.</summary>
    public const string Elsewhere = "LF5315";

    /// <summary>A resource that a policy denies.</summary>
    public const string Denied = "LF5320";

    /// <summary>A policy of which it cannot be said whether it denies.</summary>
    public const string Unknown = "LF5321";

    /// <summary>A resource that a policy reports.</summary>
    public const string Audited = "LF5322";

    /// <summary>A resource that a policy changes, or adds something to, when it is deployed.</summary>
    public const string Altered = "LF5323";

    /// <summary>A snapshot that cannot be read.</summary>
    public const string NoSnapshot = "LF5330";

    /// <summary>A resource that no snapshot has.</summary>
    public const string NoResource = "LF5331";

    /// <summary>A folder without policies, or an estate without.</summary>
    public const string NoPolicies = "LF5332";

    /// <summary>A case that fails.</summary>
    public const string FailedCase = "LF5333";
}

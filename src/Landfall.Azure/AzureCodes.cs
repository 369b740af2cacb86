namespace Landfall.Azure;

/// <summary>Diagnostic codes of what is generated for Azure.</summary>
public static class AzureCodes
{
    /// <summary>An environment that the estate does not declare.</summary>
    public const string UnknownEnvironment = "LF5001";

    /// <summary>A network range that Azure cannot have.</summary>
    public const string UnsuitableRange = "LF5002";

    /// <summary>A unit that runs nowhere in Azure.</summary>
    public const string UnplacedUnit = "LF5003";

    /// <summary>An agreement limited to columns, which storage cannot hold to.</summary>
    public const string ColumnsNotGranted = "LF5004";

    /// <summary>An agreement whose consumer or provider is nowhere in Azure.</summary>
    public const string GrantWithoutIdentity = "LF5005";

    /// <summary>A folder that holds something else.</summary>
    public const string ForeignFolder = "LF5006";
}

namespace Landfall.Azure;

/// <summary>Diagnostic codes of checking and comparing deployments.</summary>
public static class CheckCodes
{
    /// <summary>Bicep reports something, whatever its level.</summary>
    public const string Bicep = "LF5101";

    /// <summary>The compiler cannot evaluate a deployment.</summary>
    public const string NotEvaluated = "LF5102";

    /// <summary>A value that its type does not list.</summary>
    public const string UnlistedValue = "LF5103";

    /// <summary>An API version that is not the newest stable one.</summary>
    public const string OldApiVersion = "LF5104";

    /// <summary>A resource type, or a version of it, that there is not.</summary>
    public const string UnknownType = "LF5105";

    /// <summary>A role definition that Azure does not have.</summary>
    public const string UnknownRole = "LF5106";

    /// <summary>A name that Azure refuses.</summary>
    public const string InvalidName = "LF5107";

    /// <summary>A name that must be unique in all of Azure and is not so in the folder.</summary>
    public const string TakenName = "LF5108";

    /// <summary>A resource that is deployed twice.</summary>
    public const string DuplicateId = "LF5109";

    /// <summary>An id that nothing has.</summary>
    public const string DanglingId = "LF5110";

    /// <summary>An address or range that is none.</summary>
    public const string InvalidRange = "LF5111";

    /// <summary>A range outside of the one that must hold it.</summary>
    public const string RangeOutside = "LF5112";

    /// <summary>Ranges that must be apart and are not.</summary>
    public const string RangesOverlap = "LF5113";

    /// <summary>A subnet that is too small for its use.</summary>
    public const string SmallSubnet = "LF5114";

    /// <summary>A private endpoint for a part that its target does not have.</summary>
    public const string WrongGroup = "LF5115";

    /// <summary>A private endpoint whose names stand in a zone that nobody asks.</summary>
    public const string WrongZone = "LF5116";

    /// <summary>A private endpoint without a zone.</summary>
    public const string NoZone = "LF5117";

    /// <summary>A location that is no region.</summary>
    public const string UnknownRegion = "LF5118";

    /// <summary>A region that the environment does not name.</summary>
    public const string ForeignRegion = "LF5119";

    /// <summary>A reference inside of a data factory to what it does not have.</summary>
    public const string DanglingReference = "LF5120";

    /// <summary>A secret as plain text.</summary>
    public const string PlainSecret = "LF5121";

    /// <summary>A compiled template over the limit.</summary>
    public const string LargeTemplate = "LF5122";

    /// <summary>More nested deployments than the limit.</summary>
    public const string ManyDeployments = "LF5123";

    /// <summary>An id of what others deploy.</summary>
    public const string OutsideId = "LF5124";

    /// <summary>A folder without deployments.</summary>
    public const string NoDeployments = "LF5125";

    /// <summary>A list of deployments that cannot be read.</summary>
    public const string UnreadableSet = "LF5126";

    /// <summary>No Bicep compiler.</summary>
    public const string NoCompiler = "LF5150";

    /// <summary>The compiler ended before it answered.</summary>
    public const string CompilerEnded = "LF5151";

    /// <summary>The compiler does not answer.</summary>
    public const string CompilerHangs = "LF5152";

    /// <summary>The compiler answers something else than the protocol says.</summary>
    public const string CompilerGarbled = "LF5153";

    /// <summary>A change that loses data.</summary>
    public const string LosesData = "LF5201";

    /// <summary>Two folders with no environment in common.</summary>
    public const string NothingToCompare = "LF5202";

    /// <summary>An accepted id that no change that loses data has.</summary>
    public const string UnknownAccepted = "LF5203";

    /// <summary>A deployment that cannot be compared, since it cannot be evaluated.</summary>
    public const string NotComparable = "LF5204";
}

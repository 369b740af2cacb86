namespace Landfall.Serving.PowerBi;

/// <summary>Diagnostic codes of projects for Power BI.</summary>
public static class PowerBiCodes
{
    /// <summary>A folder for a project holds what is no unchanged project.</summary>
    public const string FolderInUse = "LF4920";

    /// <summary>An integration or product that is not served by SQL, or has no column for a model.</summary>
    public const string NotServed = "LF4921";
}

namespace Landfall.Azure.Policies.Language;

/// <summary>Names of regions.</summary>
internal static class RegionName
{
    /// <summary>Regions are compared without blanks: <c>West Europe</c> is <c>WestEurope</c>.</summary>
    public static string WithoutBlanks(string name) => name.Replace(" ", "", StringComparison.Ordinal);
}

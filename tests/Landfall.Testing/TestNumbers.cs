using System.Globalization;

namespace Landfall.Testing;

/// <summary>Numbers that the environment may give to tests: how many, how long, from which seed.</summary>
public static class TestNumbers
{
    /// <summary>The number of a variable, not negative; otherwise another.</summary>
    public static int Of(string variable, int byDefault) => Given(variable) ?? byDefault;

    /// <summary>The number of a variable, not negative; null where it gives none.</summary>
    internal static int? Given(string variable) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
        ? given
        : null;
}

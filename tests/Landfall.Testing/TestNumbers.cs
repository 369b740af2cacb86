using System.Globalization;

namespace Landfall.Testing;

/// <summary>Numbers that the environment may give to tests.</summary>
public static class TestNumbers
{
    public static int Of(string variable, int byDefault) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
        ? given
        : byDefault;
}

using System.Globalization;

namespace Landfall.Engine.Tests.Storage;

/// <summary>Numbers that the environment may give to tests.</summary>
internal static class TestNumbers
{
    public static int Of(string variable, int byDefault) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
        ? given
        : byDefault;
}

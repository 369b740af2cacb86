using System.Globalization;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>A fresh seed for every run, or the one of the environment variable <c>LANDFALL_JUDGE_SEED</c>.</summary>
internal static class JudgeSeed
{
    public static int Next() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("LANDFALL_JUDGE_SEED"), NumberStyles.Integer,
            CultureInfo.InvariantCulture, out int seed)
            ? seed
            : Random.Shared.Next(1_000_000);
}

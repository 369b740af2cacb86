using System.Globalization;

namespace Landfall.Engine.Lakes;

/// <summary>
/// Makes ids of runs and steps: a UTC time and random letters, so that they sort by time and never repeat.
/// </summary>
/// <param name="clock">Time.</param>
/// <param name="random">Randomness; must be safe for the callers' threads.</param>
public sealed class IdSource(TimeProvider clock, Random random)
{
    // Without letters that look like digits.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>A new id, for example <c>s-20260301T101502-7k2m9x</c>.</summary>
    public string Next(string prefix) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}-{clock.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss}-{random.GetString(Letters, 6)}");
}

namespace Landfall.Testing;

/// <summary>Waits for what happens in the background; never longer than it takes, and never without a bound.</summary>
public static class Eventually
{
    /// <summary>How long anything may take on a machine with other work.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Patience"/>.</exception>
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Patience"/>.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"It did not happen within {Patience.TotalSeconds} s.");
            }

            // What is waited for gets the processor meanwhile.
            await Task.Delay(Pause);
        }
    }
}

namespace Relecloud.Sources.Randomness;

/// <summary>
/// SplitMix64, keyed by seed, purpose and two numbers such as day and account: what one key gives never depends on
/// what others gave, on the machine or on the runtime's version.
/// </summary>
internal struct Rng(ulong seed, RandomStream stream, long first = 0, long second = 0)
{
    private ulong _state = Mix(Mix(Mix(seed + ((ulong)stream * 0xD1B54A32D192ED03)) ^ (ulong)first) + (ulong)second);

    /// <summary>A bijection of 64-bit numbers that looks random.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A whole number from 0 to below the bound.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A whole number from the first to the last, both possible.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>A number from 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + ((high - low) * Unit());

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Near a normal distribution of mean 0 and deviation 1, from additions alone.</summary>
    public double Normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += Unit();
        }

        return sum;
    }

    /// <summary>Log-normal with median 1. Exact to a few digits, and the same on every machine.</summary>
    public double LogNormal(double deviation)
    {
        // Not Math.Exp: its last bits differ between C libraries. This is (1 + x/1024)^1024.
        double result = 1 + (deviation * Normal() / 1024);
        for (int i = 0; i < 10; i++)
        {
            result *= result;
        }

        return result;
    }

    /// <summary>An index, drawn in proportion to weights that sum to the total.</summary>
    public int Weighted(ReadOnlySpan<double> weights, double total)
    {
        double left = Unit() * total;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
            {
                continue;
            }

            last = i;
            left -= weights[i];
            if (left < 0)
            {
                break;
            }
        }

        return last;
    }
}

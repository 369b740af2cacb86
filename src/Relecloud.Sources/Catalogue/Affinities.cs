using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Catalogue;

/// <summary>Which services go together: bundles adopted side by side, and pairs adopted one after the other.</summary>
internal sealed class Affinities
{
    private const int BundleCount = 26;
    private const int SequenceCount = 60;
    private readonly double[] _together;
    private readonly int _count;

    public Affinities(ulong seed, int serviceCount)
    {
        _count = serviceCount;
        _together = new double[serviceCount * serviceCount];
        Rng rng = new(seed, RandomStream.Affinity);
        Bundles = [.. Enumerable.Range(0, BundleCount).Select(_ => MakeBundle(ref rng))];
        Sequences = [.. Enumerable.Range(0, SequenceCount).Select(_ => MakeSequence(ref rng))];
        foreach (Bundle bundle in Bundles)
        {
            Connect(bundle);
        }
    }

    public IReadOnlyList<Bundle> Bundles { get; }

    public IReadOnlyList<Sequence> Sequences { get; }

    /// <summary>How much using one service adds to the wish for each other one.</summary>
    public ReadOnlySpan<double> Together(int service) => _together.AsSpan(service * _count, _count);

    private Bundle MakeBundle(ref Rng rng)
    {
        SortedSet<int> services = [];
        int size = rng.Between(4, 7);
        while (services.Count < size)
        {
            services.Add(rng.Below(_count));
        }

        return new Bundle([.. services], rng.Between(3, 14));
    }

    private Sequence MakeSequence(ref Rng rng)
    {
        int before = rng.Below(_count);
        int after = (before + 1 + rng.Below(_count - 1)) % _count;
        int first = rng.Between(7, 25);
        return new Sequence(before, after, first, first + rng.Between(15, 40), rng.Between(20.0, 60.0));
    }

    private void Connect(Bundle bundle)
    {
        foreach (int one in bundle.Services)
        {
            foreach (int other in bundle.Services.Where(s => s != one))
            {
                _together[(one * _count) + other] += bundle.Strength;
            }
        }
    }
}

/// <summary>Services adopted together: each adds the strength to the wish for the others.</summary>
internal sealed record Bundle(int[] Services, double Strength);

/// <summary>After using one service for some days, the wish for another rises until some later day.</summary>
internal sealed record Sequence(int Before, int After, int FirstDay, int LastDay, double Strength);

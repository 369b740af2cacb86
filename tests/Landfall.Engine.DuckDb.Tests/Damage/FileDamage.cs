namespace Landfall.Engine.DuckDb.Tests.Damage;

/// <summary>One bit that flips, or the rest of a file that is lost.</summary>
/// <param name="At">Index of the byte.</param>
/// <param name="Bit">The bit; -1 where the file ends before the byte.</param>
internal readonly record struct FileDamage(int At, int Bit)
{
    /// <summary>Every bit of a file.</summary>
    public static IEnumerable<FileDamage> Flips(long bytes) =>
        from at in Enumerable.Range(0, (int)bytes) from bit in Enumerable.Range(0, 8) select new FileDamage(at, bit);

    /// <summary>Every length that a file may be cut to.</summary>
    public static IEnumerable<FileDamage> Cuts(long bytes) =>
        Enumerable.Range(0, (int)bytes).Select(at => new FileDamage(at, -1));

    /// <summary>Some of many, by a seed; all where there are no more.</summary>
    public static IEnumerable<FileDamage> Sample(IEnumerable<FileDamage> damages, int count, int seed)
    {
        FileDamage[] all = [.. damages];
        new Random(seed).Shuffle(all);
        return all.Take(count);
    }

    public byte[] Apply(byte[] whole)
    {
        if (Bit < 0)
        {
            return whole[..At];
        }

        byte[] bytes = [.. whole];
        bytes[At] ^= (byte)(1 << Bit);
        return bytes;
    }
}

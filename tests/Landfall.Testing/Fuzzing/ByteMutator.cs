namespace Landfall.Testing.Fuzzing;

/// <summary>Changes bytes as damage and bad writers do: flips, cuts, insertions, repetitions, splices.</summary>
/// <param name="random">Decides.</param>
/// <param name="tokens">Texts that mean something to the reader of the bytes; some are put in.</param>
public sealed class ByteMutator(Random random, params byte[][] tokens)
{
    private const int ChangesMax = 3;
    private const int RangeMax = 40;

    /// <summary>Bytes that are like these but for one to three changes; never the same array.</summary>
    public byte[] Mutate(byte[] bytes)
    {
        List<byte> changed = [.. bytes];
        for (int changes = random.Next(ChangesMax) + 1; changes > 0; changes--)
        {
            Change(changed);
        }

        return [.. changed];
    }

    private void Change(List<byte> bytes)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(RangeMax) + 1, bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when random.Next(3) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, Noise());
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 6:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            default:
                bytes.InsertRange(at, tokens.Length == 0 ? Noise() : tokens[random.Next(tokens.Length)]);
                break;
        }
    }

    private byte[] Noise()
    {
        byte[] noise = new byte[random.Next(8) + 1];
        random.NextBytes(noise);
        return noise;
    }
}

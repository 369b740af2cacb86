using Landfall.Delta;
using Landfall.Estate;

namespace Landfall.Testing.Delta;

/// <summary>A log store that writes nothing of what is put, and does not say so, for a number of times.</summary>
/// <param name="inner">The store that writes what comes after.</param>
/// <param name="times">How many puts are lost.</param>
public sealed class MuteLogStore(ILogStore inner, int times) : DelegatingLogStore(inner)
{
    /// <summary>More than this many puts are no bounded loop; the next one ends the test.</summary>
    private const int PutsMax = 200;

    private int _puts;

    /// <summary>How often something was put.</summary>
    public int Puts => _puts;

    public override Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _puts) switch
        {
            > PutsMax => throw new InvalidOperationException($"{PutsMax} puts, and no end."),
            var put when put <= times => throw new StorageException("The store does not say.", 5, outcomeUnknown: true),
            _ => base.PutIfAbsentAsync(name, content, cancellationToken),
        };
}

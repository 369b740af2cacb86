using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests.Log;

/// <summary>
/// A log whose first listing misses a name, as a folder's may where others make files while it is read: it has the
/// later of two and not the earlier.
/// </summary>
internal sealed class OvertakenLog(ILogStore inner, string missed) : DelegatingLogStore(inner)
{
    private int _listings;

    public override async Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await base.ListAsync(from, cancellationToken);
        return _listings++ > 0 ? names : [.. names.Where(n => n != missed)];
    }
}

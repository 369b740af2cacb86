namespace Landfall.Delta.Log;

/// <summary>Lists a log while others commit.</summary>
internal static class LogListing
{
    /// <summary>
    /// Names of a log from one on, in order, without gaps that are none. A folder's listing is no snapshot: it may have
    /// a commit that was made meanwhile and not the one before. That one is there when the next listing begins.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        ILogStore log, string from, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = await log.ListAsync(from, cancellationToken);
        long newest = -1;
        bool hasGap = false;
        foreach (string name in names)
        {
            if (LogFiles.TryParseCommit(name, out long version))
            {
                hasGap |= newest >= 0 && version != newest + 1;
                newest = version;
            }
        }

        if (!hasGap)
        {
            return names;
        }

        names = await log.ListAsync(from, cancellationToken);
        return [.. names.Where(n => !LogFiles.TryParseCommit(n, out long version) || version <= newest)];
    }
}

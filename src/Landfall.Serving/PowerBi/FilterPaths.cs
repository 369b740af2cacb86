namespace Landfall.Serving.PowerBi;

/// <summary>
/// The ways that filters go through a model, from a table of one to tables of many. Power BI refuses a model in which a
/// filter has two ways from one table to another.
/// </summary>
internal sealed class FilterPaths
{
    private readonly Dictionary<string, HashSet<string>> _reached = new(StringComparer.Ordinal);

    /// <summary>Adds a way unless it would be the second one between two tables.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(string from, string to)
    {
        string[] sources = [from, .. _reached.Where(r => r.Value.Contains(from)).Select(r => r.Key)];
        string[] targets = [to, .. Reached(to)];
        if (sources.Any(s => targets.Contains(s) || Reached(s).Overlaps(targets)))
        {
            return false;
        }

        foreach (string source in sources)
        {
            _reached[source] = [.. Reached(source), .. targets];
        }

        return true;
    }

    private HashSet<string> Reached(string table) => _reached.GetValueOrDefault(table, []);
}

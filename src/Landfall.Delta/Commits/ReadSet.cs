namespace Landfall.Delta.Commits;

/// <summary>What a transaction read and depends on, for the conflict rules.</summary>
internal sealed class ReadSet
{
    private readonly List<Predicate> _predicates = [];
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    public bool WholeTable { get; private set; }

    /// <summary>Whether the transaction looked at any data.</summary>
    public bool IsEmpty => !WholeTable && _predicates.Count == 0 && _files.Count == 0;

    public void AddWholeTable() => WholeTable = true;

    public void Add(Predicate predicate, Snapshot? snapshot)
    {
        _predicates.Add(predicate);
        foreach (AddFile file in snapshot?.FilesMatching(predicate) ?? [])
        {
            _files.Add(file.Path);
        }
    }

    public bool Covers(AddFile file, TableMetadata metadata) =>
        WholeTable || _predicates.Exists(p => p.MayMatch(file, metadata));

    public bool Contains(RemoveFile file) => WholeTable || _files.Contains(file.Path);
}

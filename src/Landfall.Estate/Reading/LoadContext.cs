using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Reading;

/// <summary>What readers of files share: where problems go, and where declared things stand.</summary>
/// <param name="files">The estate's files.</param>
public sealed class LoadContext(EstateFiles files)
{
    /// <summary>The estate's folder.</summary>
    public EstateFiles Files { get; } = files;

    /// <summary>What is wrong so far.</summary>
    public DiagnosticBag Diagnostics { get; } = files.Diagnostics;

    /// <summary>Places by source map key; the first one stays.</summary>
    public Dictionary<string, SourceLocation> Places { get; } = [];

    /// <summary>
    /// Ids of zones and units whose manifests cannot be read: what refers to them is not reported as well.
    /// </summary>
    public HashSet<string> Unreadable { get; } = [];

    /// <summary>Remembers where a thing is declared.</summary>
    public void Mark(string key, SourceLocation place) => Places.TryAdd(key, place);
}

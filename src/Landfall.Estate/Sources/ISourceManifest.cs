using System.Collections.Immutable;
using Landfall.Estate.Integrations;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Sources;

/// <summary>
/// What a kind of source has in manifests: read and checked without reaching the source. Readers report what is wrong
/// and give a neutral value, so that one pass finds every problem.
/// </summary>
public interface ISourceManifest
{
    /// <summary>The word in manifests, for example <c>files</c>.</summary>
    string Type { get; }

    /// <summary>Keys of a table that have a meaning for this kind; those of other kinds are refused.</summary>
    ImmutableArray<string> TableKeys { get; }

    /// <summary>Reads the keys of <c>source</c> besides <c>type</c>.</summary>
    /// <param name="section">The mapping.</param>
    /// <param name="key">Where places are remembered: <c>KEY/source/NAME</c>.</param>
    Source Read(Section section, string key);

    /// <summary>Reads the kind's keys of a table.</summary>
    TableReading ReadTable(Section section);

    /// <summary>Checks a source: its hosts against the egress rules, its secrets against the pool's.</summary>
    void Check(SourceCheck check);

    /// <summary>Checks how a table is read.</summary>
    void CheckTable(SourceCheck check, IntegrationTable table);
}

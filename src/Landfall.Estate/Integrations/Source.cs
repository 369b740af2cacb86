using System.Collections.Immutable;

namespace Landfall.Estate.Integrations;

/// <summary>A source system, of a kind that a manifest names.</summary>
/// <param name="Type">The word of its kind: <c>files</c>, <c>postgres</c>.</param>
public abstract record Source(string Type)
{
    /// <summary>Names of the target's locations that it reads.</summary>
    public virtual ImmutableArray<string> Locations => [];
}

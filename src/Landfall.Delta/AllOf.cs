using System.Collections.Immutable;

namespace Landfall.Delta;

/// <summary>True where every part is; true where there are none.</summary>
/// <param name="Parts">The parts.</param>
public sealed record AllOf(ImmutableArray<Predicate> Parts) : Predicate
{
    internal override bool MayMatch(AddFile file, TableMetadata metadata) => Parts.All(p => p.MayMatch(file, metadata));
}

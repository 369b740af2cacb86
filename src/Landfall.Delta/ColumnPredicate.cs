using Landfall.Delta.Skipping;

namespace Landfall.Delta;

/// <summary>A comparison of a top-level column with a literal.</summary>
/// <param name="Name">The column. One the table does not have is unknown, so that every file may match.</param>
/// <param name="Comparison">
/// The comparison; null compares as in SQL, so it satisfies none but <see cref="Comparison.IsNull"/>.
/// </param>
/// <param name="Literal">
/// A bool, int, long, decimal, double, string, <see cref="DateOnly"/> or <see cref="DateTimeOffset"/>; one that does
/// not fit the column's type is unknown, so that every file may match.
/// </param>
public sealed record ColumnPredicate(string Name, Comparison Comparison, object? Literal) : Predicate
{
    internal override bool MayMatch(AddFile file, TableMetadata metadata) =>
        !metadata.Schema.TryFind(Name, out SchemaField? field)
        || FileRange.Of(file, field).MaySatisfy(Comparison, SkippingValue.OfLiteral(Literal, field.Type));
}

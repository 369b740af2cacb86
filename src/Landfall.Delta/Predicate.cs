using System.Collections.Immutable;

namespace Landfall.Delta;

/// <summary>
/// A condition on rows, evaluated against what the log knows of a file: partition values and statistics. Immutable.
/// </summary>
public abstract record Predicate
{
    private protected Predicate()
    {
    }

    /// <summary>A comparison of a top-level column with a literal; see <see cref="ColumnPredicate"/>.</summary>
    public static Predicate Column(string column, Comparison comparison, object? literal = null) =>
        new ColumnPredicate(column, comparison, literal);

    /// <summary>The conjunction of predicates; true where there are none.</summary>
    public static Predicate All(params ImmutableArray<Predicate> parts) => new AllOf(parts);

    /// <summary>False only where no row of the file can satisfy the predicate.</summary>
    internal abstract bool MayMatch(AddFile file, TableMetadata metadata);
}

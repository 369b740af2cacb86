using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>Rows of a table or a query: read once, forwards, as they come. Dispose it at the end.</summary>
public interface IRows : IDisposable
{
    /// <summary>The columns in order.</summary>
    ImmutableArray<RowColumn> Columns { get; }

    /// <summary>The rows; see <see cref="ILocalEngine"/> for the types of values.</summary>
    IEnumerable<object?[]> Rows();
}

using Landfall.Estate;

namespace Landfall.Engine.Engines;

/// <summary>
/// Works on files of texts. Used by one thread at a time; dispose it at the end. Rows that need more memory than there
/// is are a <see cref="StagedMemoryException"/>, after which it works on others.
/// </summary>
public interface ITextStage : IDisposable
{
    /// <summary>
    /// Rows and the sum of their hashes, which no order changes, as text; a promise of registers. Of all rows, or of
    /// those at or after a cursor and those without one.
    /// </summary>
    string StateOf(StagedText rows, StagedCursor? from, CancellationToken cancellationToken);

    /// <summary>
    /// The text of the greatest finite cursor, of the last one too: a cursor never goes back, since the next read
    /// begins at it and what it will give is known of these rows alone. Null where no row has one.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The cursor's column: a number, time or date.</param>
    /// <param name="last">The last one; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    string? Greatest(StagedText rows, string column, string? last, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the rows as a durable Parquet file and returns how many. A column with a text that is no value of its
    /// type, or none that Parquet holds, stays text: nothing is lost.
    /// </summary>
    /// <exception cref="StorageException">Storage failed.</exception>
    long Write(StagedText rows, string path, CancellationToken cancellationToken);
}

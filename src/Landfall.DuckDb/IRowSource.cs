namespace Landfall.DuckDb;

/// <summary>Rows that a query pulls through a <see cref="DuckDbTableFunction"/>, a chunk at a time.</summary>
public interface IRowSource
{
    /// <summary>
    /// Fills the chunk's rows from 0 and returns how many; 0 ends the rows. Called by one thread at a time, not always
    /// the same one. Statements that it runs need connections other than that of the query.
    /// </summary>
    /// <param name="chunk">Ends with the call; every column has a value or NULL in each row that counts.</param>
    int Fill(RowChunk chunk);
}

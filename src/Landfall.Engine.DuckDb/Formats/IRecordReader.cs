namespace Landfall.Engine.DuckDb.Formats;

/// <summary>Reads the records of one file.</summary>
internal interface IRecordReader : IDisposable
{
    /// <summary>
    /// Adds rows to an empty batch until it is full or the text it points into would move. False at the end of the
    /// file;
    /// the batch may hold the last rows then.
    /// </summary>
    bool Read(RowBatch batch, IBadRows bad);
}

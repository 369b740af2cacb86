using Landfall.DuckDb;

namespace Landfall.Recommender.Tasks;

/// <summary>Fills a temporary table row by row.</summary>
internal sealed class StagedRows : IDisposable
{
    private readonly DuckDbAppender _appender;
    private int _row;

    /// <summary>Makes the table and opens it.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Its columns as DuckDB's SQL has them.</param>
    public StagedRows(DuckDbConnection connection, string name, string columns)
    {
        connection.Execute($"create temp table {name} ({columns})");
        _appender = connection.Appender(null, null, name);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="fill">Is given the columns and the row's number to set.</param>
    public void Add(Action<DuckDbAppender, int> fill)
    {
        fill(_appender, _row++);
        if (_row == DuckDbAppender.Capacity)
        {
            _appender.Append(_row);
            _row = 0;
        }
    }

    /// <summary>Puts the rest into the table.</summary>
    public void Complete()
    {
        if (_row > 0)
        {
            _appender.Append(_row);
            _row = 0;
        }

        _appender.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _appender.Dispose();
}

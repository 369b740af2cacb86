using Landfall.DuckDb;
using Landfall.Posix;

namespace Landfall.Engine.Query;

/// <summary>A query's rows, read as they come. Dispose it at the end.</summary>
public sealed class QueryResult : IDisposable
{
    private readonly LeasedFolder _scratch;
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;

    internal QueryResult(
        LeasedFolder scratch, DuckDbDatabase database, DuckDbConnection connection, DuckDbResult result)
    {
        _scratch = scratch;
        _database = database;
        _connection = connection;
        Result = result;
    }

    /// <summary>Columns and rows.</summary>
    public DuckDbResult Result { get; }

    /// <summary>Closes the result and the engine instance that answers it.</summary>
    public void Dispose()
    {
        Result.Dispose();
        _connection.Dispose();
        _database.Dispose();
        _scratch.Dispose();
    }
}

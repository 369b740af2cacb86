using Landfall.DuckDb;

namespace Landfall.Engine.Query;

/// <summary>A query's rows, read as they come. Dispose it at the end.</summary>
public sealed class QueryResult : IDisposable
{
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;

    internal QueryResult(DuckDbDatabase database, DuckDbConnection connection, DuckDbResult result)
    {
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
    }
}

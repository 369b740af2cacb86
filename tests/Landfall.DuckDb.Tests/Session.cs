namespace Landfall.DuckDb.Tests;

/// <summary>A database in memory with one connection.</summary>
internal sealed class Session : IDisposable
{
    public Session(IReadOnlyDictionary<string, string>? config = null)
    {
        Database = DuckDbDatabase.Open(config: config);
        Connection = Database.Connect();
    }

    public DuckDbDatabase Database { get; }

    public DuckDbConnection Connection { get; }

    public object?[][] Rows(string sql)
    {
        using DuckDbResult result = Connection.Query(sql);
        return [.. result.Rows()];
    }

    public object? Value(string sql) => Rows(sql).Single().Single();

    public void Dispose()
    {
        Connection.Dispose();
        Database.Dispose();
    }
}

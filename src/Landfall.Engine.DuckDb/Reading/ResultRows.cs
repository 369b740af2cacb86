using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.Engines;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>The rows of a statement that has its connection to itself.</summary>
internal sealed class ResultRows : IRows
{
    private readonly DuckDbDatabase? _database;
    private readonly DuckDbConnection _connection;
    private readonly DuckDbResult _result;

    private ResultRows(DuckDbDatabase? database, DuckDbConnection connection, DuckDbResult result)
    {
        _database = database;
        _connection = connection;
        _result = result;
        Columns = ColumnsOf(result);
    }

    /// <inheritdoc/>
    public ImmutableArray<RowColumn> Columns { get; }

    /// <summary>Runs a statement.</summary>
    /// <param name="database">Where; it is closed with the rows where it is <paramref name="owned"/>.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="cancellationToken">Ends it, also while rows are taken.</param>
    /// <param name="owned">Whether the database is the statement's own; after an exception it stays open.</param>
    public static ResultRows Of(
        DuckDbDatabase database, string sql, CancellationToken cancellationToken, bool owned = false)
    {
        DuckDbConnection connection = database.Connect();
        try
        {
            return new(owned ? database : null, connection, connection.Query(sql, cancellationToken));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The columns of a result, for people.</summary>
    public static ImmutableArray<RowColumn> ColumnsOf(DuckDbResult result) =>
        [.. result.Columns.Select(c => new RowColumn(c.Name, IsNumber(c.Type.Id)))];

    /// <inheritdoc/>
    public IEnumerable<object?[]> Rows() => _result.Rows();

    /// <inheritdoc/>
    public void Dispose()
    {
        _result.Dispose();
        _connection.Dispose();
        _database?.Dispose();
    }

    private static bool IsNumber(DuckDbTypeId type) => type
        is DuckDbTypeId.TinyInt or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer or DuckDbTypeId.BigInt
        or DuckDbTypeId.HugeInt or DuckDbTypeId.Float or DuckDbTypeId.Double or DuckDbTypeId.Decimal;
}

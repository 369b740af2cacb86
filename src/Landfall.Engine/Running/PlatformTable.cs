using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.Running;

/// <summary>
/// An append-only table of the management zone. Appends are blind, so that concurrent runs never conflict.
/// Safe for concurrent use; appends of one instance follow each other.
/// </summary>
internal sealed class PlatformTable : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CatalogTable _table;
    private readonly DeltaTable _delta;
    private readonly string _folder;
    private readonly DuckDbConnection _connection;
    private readonly IdSource _ids;
    private readonly TimeProvider _clock;

    /// <summary>Takes over the connection, which nothing else may use.</summary>
    public PlatformTable(Lake lake, CatalogTable table, DuckDbConnection connection, IdSource ids, TimeProvider clock)
    {
        _table = table;
        _folder = lake.TableFolder(table.Name, table.Layer);
        _delta = lake.Open(_folder);
        _connection = connection;
        _ids = ids;
        _clock = clock;
    }

    /// <summary>Adds rows, each with a value for every column in order, in one durable commit.</summary>
    public async Task AppendAsync(IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            TableSchema schema = ContractSchema.Of(_table.Table);
            PosixCalls.CreateFolder(_folder);
            IReadOnlyList<DataFile> files = DataFileWriter.Write(
                _connection, SelectOf(_table.Table, rows), schema, _folder, _ids.Next("m"), cancellationToken);
            await CommitAsync(schema, files, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private async Task CommitAsync(TableSchema schema, IReadOnlyList<DataFile> files,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            Snapshot? snapshot = await _delta.TryLoadAsync(null, cancellationToken);
            Transaction transaction = _delta.Begin(snapshot, "WRITE");
            if (snapshot is null)
            {
                transaction.SetSchema(schema, []);
            }

            foreach (DataFile file in files)
            {
                transaction.Add(file.ToAddFile(_clock.GetUtcNow()));
            }

            CommitResult result = await transaction.CommitAsync(cancellationToken);
            if (result is Committed)
            {
                return;
            }
        }
    }

    private static string SelectOf(ContractTable table, IReadOnlyList<object?[]> rows) =>
        "select * from (values "
        + string.Join(", ",
        rows.Select(r => "(" + string.Join(", ", r.Select((v, i) => Literal(v, table.Columns[i].Type))) + ")"))
        + ") as t(" + string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\"")) + ")";

    private static string Literal(object? value, DataType type) => value switch
    {
        null => $"cast(null as {SqlTypes.Name(type, SqlDialect.DuckDb)})",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool flag => flag ? "true" : "false",
        DateTimeOffset at => $"cast('{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00' as timestamptz)",
        double number => $"cast('{number.ToString("R", CultureInfo.InvariantCulture)}' as double)",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"No literal for {value.GetType().Name}.", nameof(value)),
    };
}

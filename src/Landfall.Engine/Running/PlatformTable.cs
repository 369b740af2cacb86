using System.Globalization;
using Landfall.Delta;
using Landfall.Delta.Commits;
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
        : this(lake.TableFolder(table.Name, table.Layer), lake.Open, table, connection, ids, clock)
    {
    }

    /// <summary>The same for a table in any folder, opened in any way.</summary>
    internal PlatformTable(
        string folder, Func<string, DeltaTable> open, CatalogTable table, DuckDbConnection connection, IdSource ids,
        TimeProvider clock)
    {
        _table = table;
        _folder = folder;
        _delta = open(folder);
        _connection = connection;
        _ids = ids;
        _clock = clock;
    }

    /// <summary>Adds rows, each with a value for every column in order, in one durable commit.</summary>
    /// <exception cref="StorageException">Storage failed; unless it is LF4231, the rows are not there.</exception>
    /// <exception cref="LandfallException">LF4010: other writers kept coming first.</exception>
    public Task AppendAsync(IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        AppendAsync(new PlatformAppend(rows), cancellationToken);

    /// <summary>
    /// Adds rows as <see cref="PlatformAppend"/> says; after a failure it may be called again with it.
    /// </summary>
    public async Task AppendAsync(PlatformAppend append, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            TableSchema schema = ContractSchema.Of(_table.Table);
            PosixCalls.CreateFolder(_folder);
            append.Files ??= DataFileWriter.Write(
                _connection, SelectOf(_table.Table, append.Rows), schema, _folder, _ids.Next("m"), cancellationToken);
            await CommitAsync(append, schema, cancellationToken);
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

    private async Task CommitAsync(PlatformAppend append, TableSchema schema, CancellationToken cancellationToken)
    {
        CommitRetry retry = new(_clock);
        while (true)
        {
            append.Transaction ??= await BeginAsync(append.Files!, schema, cancellationToken);
            CommitResult ended = await retry.CommitAsync(append.Transaction, cancellationToken);
            if (ended is Committed)
            {
                return;
            }

            if (ended is Conflicted)
            {
                append.Transaction = null;
            }

            if (!await retry.AgainAsync(ended, cancellationToken))
            {
                throw new LandfallException(
                    "LF4010",
                    $"The commit to {_table.Name} was lost each time: {retry.Obstacle} What it holds is as other "
                    + "writers left it, without these rows. Run again.");
            }
        }
    }

    private async Task<Transaction> BeginAsync(
        IReadOnlyList<DataFile> files, TableSchema schema, CancellationToken cancellationToken)
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

        return transaction;
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

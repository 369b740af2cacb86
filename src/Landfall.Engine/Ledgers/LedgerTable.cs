using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Engine.Ledgers;

/// <summary>
/// A small Delta table that Landfall keeps for itself and only adds to: runs, meters, audit, registers of what was
/// landed, registries of models, what an endpoint served. Appends are blind, so that concurrent writers never conflict.
/// Safe for concurrent use; appends of one instance follow each other.
/// </summary>
public sealed class LedgerTable : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TableSchema _schema;
    private readonly ILocalEngine _engine;
    private readonly IdSource _ids;
    private readonly TimeProvider _clock;

    /// <summary>Opens the table, which need not exist yet; reads nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="delta">Its log.</param>
    /// <param name="folder">Its absolute folder.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="engine">Reads and writes its rows.</param>
    /// <param name="clock">Time of commits.</param>
    public LedgerTable(
        TableName name, DeltaTable delta, string folder, TableSchema schema, ILocalEngine engine,
        TimeProvider clock)
    {
        Name = name;
        Delta = delta;
        Folder = folder;
        _schema = schema;
        _engine = engine;
        _ids = new(clock, Random.Shared);
        _clock = clock;
    }

    /// <summary>Its name.</summary>
    public TableName Name { get; }

    /// <summary>Its absolute folder.</summary>
    public string Folder { get; }

    /// <summary>Its log.</summary>
    public DeltaTable Delta { get; }

    /// <summary>
    /// What is thrown where other writers kept coming first; takes what was in the way. LF4010 by default.
    /// </summary>
    public Func<string, LandfallException>? Lost { get; init; }

    /// <summary>Adds rows, each with a value for every column in order, in one durable commit.</summary>
    /// <exception cref="StorageException">Storage failed; unless it is LF4231, the rows are not there.</exception>
    /// <exception cref="LandfallException">LF4010: other writers kept coming first.</exception>
    public Task AppendAsync(IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        AppendAsync(new LedgerAppend(rows), cancellationToken);

    /// <summary>Adds rows as <see cref="LedgerAppend"/> says; after a failure it may be called again with it.</summary>
    /// <returns>False where the application's number was there before, so that nothing was added.</returns>
    public async Task<bool> AppendAsync(LedgerAppend append, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (append.Transaction is null && !await BeginAsync(append, cancellationToken))
            {
                return false;
            }

            await CommitAsync(append, cancellationToken);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Writes rows as durable files of a folder of the table, for a transaction of the caller's.</summary>
    /// <exception cref="StorageException">Storage failed.</exception>
    public IReadOnlyList<DataFile> Write(
        IEnumerable<object?[]> rows, string stepId, CancellationToken cancellationToken)
    {
        PosixCalls.CreateFolder(Folder);
        return _engine.Write(Folder, _schema, rows, stepId, cancellationToken);
    }

    /// <summary>A transaction that adds files, and makes the table where there is none.</summary>
    public Transaction Begin(Snapshot? snapshot, IReadOnlyList<DataFile> files)
    {
        Transaction transaction = Delta.Begin(snapshot, "WRITE");
        if (snapshot is null || LacksColumns(snapshot))
        {
            transaction.SetSchema(_schema, []);
        }

        foreach (DataFile file in files)
        {
            transaction.Add(file.ToAddFile(_clock.GetUtcNow()));
        }

        return transaction;
    }

    /// <summary>Whether an earlier program made the table, without columns that came later; they may be null.</summary>
    private bool LacksColumns(Snapshot snapshot) =>
        _schema.Fields.Any(f => !snapshot.Metadata.Schema.TryFind(f.Name, out _));

    /// <summary>The rows of a version.</summary>
    /// <param name="snapshot">The version.</param>
    /// <param name="columns">Columns, in the order of the values.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="where">The column of text that must have one of the values; null for all rows.</param>
    /// <param name="values">What it may be.</param>
    public IRows Read(
        Snapshot snapshot, ImmutableArray<string> columns, CancellationToken cancellationToken, string? where = null,
        params ImmutableArray<string> values) => _engine.Read(
            new(PinnedTable.Of(Name, Folder, snapshot) with { Schema = _schema.ToJson() }, columns)
            {
                Where = where, Values = values,
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Begins a transaction on the newest version; false where the application's number is there.</summary>
    private async Task<bool> BeginAsync(LedgerAppend append, CancellationToken cancellationToken)
    {
        Snapshot? snapshot = await Delta.TryLoadAsync(null, cancellationToken);
        if (append.Once is { } number && snapshot?.TransactionVersion(number.Application) >= number.Number)
        {
            return false;
        }

        append.Files ??= Write(append.Rows, _ids.Next("m"), cancellationToken);
        append.Transaction = Begin(snapshot, append.Files);
        if (append.Once is { } once)
        {
            append.Transaction.SetTransaction(once.Application, once.Number);
        }

        return true;
    }

    private async Task CommitAsync(LedgerAppend append, CancellationToken cancellationToken)
    {
        CommitRetry retry = new(_clock);
        while (true)
        {
            CommitResult ended = await retry.CommitAsync(append.Transaction!, cancellationToken);
            if (ended is Committed)
            {
                return;
            }

            bool again = await retry.AgainAsync(ended, cancellationToken);
            if (ended is Conflicted)
            {
                // Another writer of the application may have added the same rows.
                append.Transaction = null;
                if (!await BeginAsync(append, cancellationToken))
                {
                    return;
                }
            }

            if (!again)
            {
                throw Lost?.Invoke(retry.Obstacle) ?? new LandfallException(
                    "LF4010",
                    $"The commit to {Name} was lost each time: {retry.Obstacle} What it holds is as other writers "
                    + "left it, without these rows. Run again.");
            }
        }
    }
}

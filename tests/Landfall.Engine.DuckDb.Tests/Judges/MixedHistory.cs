using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;
using Landfall.Estate.Types;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>A table with a seeded history of every kind of commit, and what every version of it must hold.</summary>
internal sealed class MixedHistory
{
    private const string Partition = "p";
    private const int AddedColumnsMax = 3;

    private static readonly string[] Scalars =
    [
        "boolean", "int", "bigint", "double", "decimal(9,2)", "decimal(18,3)", "decimal(38,10)", "decimal(5,5)",
        "string", "binary", "date", "timestamp",
    ];

    private readonly StorageSession _session;
    private readonly Random _random;
    private readonly CellGenerator _cells;
    private readonly List<Cell> _partitions = [Cell.Null];
    private readonly bool _partitioned;
    private Known _known;
    private long _nextId;
    private int _added;
    private int _step;

    /// <summary>Nothing is written yet.</summary>
    /// <param name="session">Where the table will be.</param>
    /// <param name="seed">Makes the history.</param>
    /// <param name="partition">Type of the partition column; null for a table without one.</param>
    public MixedHistory(StorageSession session, int seed, string? partition)
    {
        _session = session;
        _random = new(seed);
        _cells = new(_random);
        _partitioned = partition is not null;
        ImmutableArray<JudgedColumn> columns =
        [
            new("id", DataType.BigInt), new("n", DataType.Int),
            .. Scalars.Select((type, i) => new JudgedColumn($"c{i}", TypeOf(type))),
            new("list", DataType.Array(DataType.String)),
            new("nested", StructOf(("k", DataType.String), ("v", DataType.BigInt))),
            new("pairs", DataType.Array(StructOf(("x", DataType.Int), ("y", DataType.String)))),
        ];
        if (partition is not null)
        {
            columns = [.. columns, new(Partition, TypeOf(partition))];
            while (_partitions.Count < 6)
            {
                _partitions.Add(NextPartition(TypeOf(partition)));
            }
        }

        _known = new(columns, ImmutableSortedDictionary<long, ImmutableDictionary<string, Cell>>.Empty);
    }

    /// <summary>What the versions hold, in order.</summary>
    public List<Known> Versions { get; } = [];

    /// <summary>What was done, a line a step.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Operations by version.</summary>
    public List<string> Operations { get; } = [];

    /// <summary>The first version whose files a vacuum left.</summary>
    public int OldestReadable { get; private set; }

    /// <summary>Makes a number of random steps, of which the first creates the table.</summary>
    public async Task RunAsync(int steps)
    {
        await AppendAsync("CREATE TABLE");
        while (Steps.Count < steps)
        {
            await (_random.Next(16) switch
            {
                0 => OverwriteAsync(),
                1 when _partitioned => OverwritePartitionAsync(),
                2 or 3 => DeleteAsync(),
                4 when _added < AddedColumnsMax => AddColumnAsync(),
                5 when _random.Next(3) == 0 => BreakAsync(),
                6 => SetPropertyAsync(),
                7 => CheckpointAsync(),
                8 => OptimizeAsync(),
                9 when Versions.Count > OldestReadable + 1 => RestoreAsync(),
                10 when _random.Next(3) == 0 => VacuumAsync(),
                _ => AppendAsync("WRITE"),
            });
        }
    }

    /// <summary>Appends a few rows.</summary>
    public async Task AppendAsync(string operation)
    {
        Snapshot? read = await _session.Delta.TryLoadAsync(null, default);
        Transaction transaction = _session.Delta.Begin(read, operation);
        if (read is null)
        {
            transaction.SetSchema(SchemaOf(_known), _partitioned ? [Partition] : []);
        }

        Known next = WithRows(_known, _random.Next(1, 9), null);
        Write(transaction, next, next.Rows.Keys.Except(_known.Rows.Keys));
        await CommitAsync(transaction, next);
    }

    private async Task OverwriteAsync()
    {
        Transaction transaction = await BeginAsync("WRITE");
        transaction.RemoveAll();
        Known next = WithRows(_known with { Rows = _known.Rows.Clear() }, _random.Next(1, 20), null);
        Write(transaction, next, next.Rows.Keys);
        await CommitAsync(transaction, next);
    }

    private async Task OverwritePartitionAsync()
    {
        Transaction transaction = await BeginAsync("WRITE");
        Cell value = _partitions[_random.Next(_partitions.Count)];
        transaction.RemovePartitions(value.Text == Cell.Nothing
            ? Predicate.Column(Partition, Comparison.IsNull)
            : Predicate.Column(Partition, Comparison.Equal, value.Literal));
        Known kept = _known with { Rows = _known.Rows.RemoveRange(IdsWhere(r => r[Partition].Text == value.Text)) };
        Known next = WithRows(kept, _random.Next(1, 6), value);
        Write(transaction, next, next.Rows.Keys.Except(kept.Rows.Keys));
        await CommitAsync(transaction, next);
    }

    /// <summary>Files with rows that go are removed, and their other rows written anew.</summary>
    private async Task DeleteAsync()
    {
        Transaction transaction = await BeginAsync("DELETE");
        transaction.ReadWholeTable();
        HashSet<long> gone = [.. _known.Rows.Keys.Where(_ => _random.Next(7) == 0)];
        Snapshot read = transaction.ReadSnapshot!;
        TableSchema schema = read.Metadata.Schema;
        string ids = string.Join(", ", gone.Append(-1));
        foreach (AddFile file in read.Files)
        {
            string scan = DeltaScan.Sql(_session.Table, schema, [file]);
            if (_session.Connection.Scalar<long>($"select count(*) from ({scan}) where id in ({ids})") > 0)
            {
                transaction.Remove(file);
                Add(transaction, $"select * from ({scan}) where id not in ({ids})", schema);
            }
        }

        await CommitAsync(transaction, _known with { Rows = _known.Rows.RemoveRange(gone) });
    }

    private async Task AddColumnAsync()
    {
        Transaction transaction = await BeginAsync("ADD COLUMNS");
        JudgedColumn column = new($"added{_added++}", TypeOf(Scalars[_random.Next(Scalars.Length)]));
        Known next = _known with { Columns = [.. _known.Columns, column] };
        transaction.SetSchema(SchemaOf(next), transaction.ReadSnapshot!.Metadata.PartitionColumns);
        await CommitAsync(transaction, next);
    }

    /// <summary>A column goes, another changes its type, and every row is written anew.</summary>
    private async Task BreakAsync()
    {
        Transaction transaction = await BeginAsync("CREATE OR REPLACE TABLE AS SELECT");
        transaction.RemoveAll();
        JudgedColumn[] free = [.. _known.Columns.Where(c => c.Name is not ("id" or "n" or Partition))];
        JudgedColumn changed = free[_random.Next(free.Length)];
        JudgedColumn gone = free[_random.Next(free.Length)];
        JudgedColumn other = changed with { Type = TypeOf(Scalars[_random.Next(Scalars.Length)]) };
        ImmutableArray<JudgedColumn> columns =
            [.. _known.Columns.Where(c => c != gone || gone == changed).Select(c => c == changed ? other : c)];
        transaction.SetSchema(SchemaOf(new(columns, _known.Rows)), _partitioned ? [Partition] : []);
        Known next = WithRows(new(columns, _known.Rows.Clear()), _random.Next(1, 20), null);
        Write(transaction, next, next.Rows.Keys);
        await CommitAsync(transaction, next);
    }

    private async Task SetPropertyAsync()
    {
        Transaction transaction = await BeginAsync("SET TBLPROPERTIES");
        transaction.SetProperty("landfall.note", $"it's \"{_step}\" ü");
        transaction.SetProperty("delta.checkpointInterval", $"{_random.Next(3, 9)}");
        transaction.SetDescription("a name", "line 1\nline 2");
        transaction.SetTransaction("an app", _step);
        await CommitAsync(transaction, _known);
    }

    private async Task CheckpointAsync()
    {
        await _session.Delta.CheckpointAsync(await _session.Delta.LoadAsync(default), default);
        Steps.Add($"checkpoint of {Versions.Count - 1}");
    }

    private async Task OptimizeAsync()
    {
        using DuckDbLocalEngine engine = new();
        var optimizer = new TableOptimizer(
            _session.Table, _session.Delta, engine, new IdSource(TimeProvider.System, Random.Shared),
            TimeProvider.System);
        await optimizer.RunAsync(new OptimizeOptions(), default);
        await CatchUpAsync("optimize");
    }

    private async Task RestoreAsync()
    {
        int version = _random.Next(OldestReadable, Versions.Count - 1);
        await new TableRestorer(_session.Table, _session.Delta, TimeProvider.System)
            .RunAsync(version, new RestoreOptions(), default);
        _known = Versions[version];
        await CatchUpAsync($"restore of {version}");
    }

    private async Task VacuumAsync()
    {
        var vacuum = new TableVacuum(_session.Table, _session.Delta, TimeProvider.System);
        int newest = Versions.Count - 1;
        VacuumResult result = await vacuum.RunAsync(
            new() { Retention = TimeSpan.Zero, MayBreakReaders = true, WritersExcluded = true }, default);
        await CatchUpAsync($"vacuum: {result}");
        OldestReadable = newest;
    }

    /// <summary>Notes the versions that compaction made of what is known.</summary>
    private async Task CatchUpAsync(string step)
    {
        Steps.Add(step);
        foreach (CommitSummary commit in (await _session.Delta.HistoryAsync(null, default)).Reverse()
            .Where(c => c.Version >= Versions.Count))
        {
            Versions.Add(_known);
            Operations.Add(commit.Operation);
        }
    }

    private async Task<Transaction> BeginAsync(string operation) =>
        _session.Delta.Begin(await _session.Delta.LoadAsync(default), operation);

    private async Task CommitAsync(Transaction transaction, Known next)
    {
        var committed = Assert.IsType<Committed>(await transaction.CommitAsync(default));
        Assert.Null(committed.CheckpointFailure);
        Steps.Add($"{committed.Version}: {transaction.Operation}");
        Operations.Add(transaction.Operation);
        Versions.Add(_known = next);
    }

    private Known WithRows(Known known, int count, Cell? partition)
    {
        var rows = known.Rows.ToBuilder();
        for (int i = 0; i < count; i++)
        {
            long id = _nextId++;
            var row = known.Columns.ToImmutableDictionary(c => c.Name, c => c.Name switch
            {
                "id" => CellGenerator.OfInteger(id, "bigint"),
                Partition => partition ?? _partitions[_random.Next(_partitions.Count)],
                _ => _cells.Next(c.Type),
            });
            rows[id] = row;
        }

        return known with { Rows = rows.ToImmutable() };
    }

    private void Write(Transaction transaction, Known known, IEnumerable<long> ids)
    {
        IEnumerable<string> rows = ids.Select(id =>
            "(" + string.Join(", ", known.Columns.Select(c => known.Rows[id][c.Name].Sql)) + ")");
        string names = string.Join(", ", known.Columns.Select(c => c.Quoted(JudgeDialect.DuckDb)));
        Add(transaction, $"select * from (values {string.Join(", ", rows)}) v({names})", SchemaOf(known));
    }

    private void Add(Transaction transaction, string select, TableSchema schema)
    {
        string folder = $"step {_step++}% ü";
        foreach (DataFile file in _session.Write(select, schema, _partitioned ? Partition : null, folder))
        {
            transaction.Add(file.ToAddFile(DateTimeOffset.UtcNow));
        }
    }

    private IEnumerable<long> IdsWhere(Predicate<ImmutableDictionary<string, Cell>> condition) =>
        _known.Rows.Where(r => condition(r.Value)).Select(r => r.Key);

    private Cell NextPartition(DataType type)
    {
        Cell cell = _cells.Next(type, nullable: false);
        while (cell.Literal is double.NaN or 0.0)
        {
            // NaN equals nothing and the two zeros each other, so that an overwrite would take more than its partition.
            cell = _cells.Next(type, nullable: false);
        }

        // The empty text is NULL as a partition value.
        return cell.Text.Length == 0 ? cell with { Text = Cell.Nothing } : cell;
    }

    private static TableSchema SchemaOf(Known known) =>
        new([.. known.Columns.Select(c => new SchemaField(c.Name, c.Type))]);

    private static DataType StructOf(params (string Name, DataType Type)[] fields) =>
        DataType.Struct([.. fields.Select(f => new StructField(f.Name, f.Type, true))]);

    private static DataType TypeOf(string text) =>
        DataType.TryParse(text, out DataType type) ? type : throw new ArgumentException(text, nameof(text));
}

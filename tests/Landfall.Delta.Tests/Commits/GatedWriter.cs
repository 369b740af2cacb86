using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests.Commits;

/// <summary>
/// Rows in files of a table in memory, and what writers do to them: a file is a set of row ids of one month.
/// </summary>
internal sealed class GatedWriter(TestTable table, Dictionary<string, string[]> content, string operation, string id)
{
    public const string January = "2026-01-01";
    public const string March = "2026-03-01";

    private readonly Gates _gates = new();

    /// <summary>Whether predicates are read without saying so, on purpose.</summary>
    public bool HidesReads { get; init; }

    /// <summary>Version that was read; -1 before.</summary>
    public long ReadVersion { get; private set; } = -1;

    /// <summary>How it ended; null where there was nothing to commit.</summary>
    public CommitResult? Result { get; private set; }

    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start() => Running = RunAsync();

    public void Step() => _gates.Open();

    private async Task RunAsync()
    {
        var log = new GatedLog(table.Store, _gates);
        var delta = new DeltaTable(log, new InMemoryParquetIo(log), new EagerClock());
        await _gates.EnterAsync(Phase.Read);
        Snapshot snapshot = await delta.LoadAsync(TestTable.None);
        ReadVersion = snapshot.Version;
        await _gates.EnterAsync(Phase.Prepare);
        Transaction transaction = delta.Begin(snapshot, operation.ToUpperInvariant());
        Prepare(transaction, snapshot);
        Result = await transaction.CommitAsync(TestTable.None);
    }

    private void Prepare(Transaction transaction, Snapshot snapshot)
    {
        switch (operation)
        {
            case "append":
                Add(transaction, March, [id]);
                break;
            case "partition overwrite":
                RemoveMonth(transaction, snapshot, March);
                Add(transaction, March, [id]);
                break;
            case "delete":
                RemoveMonth(transaction, snapshot, January);
                break;
            case "optimize":
                transaction.Isolation = IsolationLevel.SnapshotIsolation;
                AddFile[] small = [.. snapshot.Files.Where(f => f.PartitionValues["month"] == January)];
                Array.ForEach(small, f => transaction.Remove(f, dataChange: false));
                Add(transaction, January, [.. small.SelectMany(f => content[f.Path])], dataChange: false);
                break;
            case "schema change":
                transaction.SetSchema(
                    new([.. TestTable.Schema.Fields, new("c_" + id, Estate.Types.DataType.Int)]), ["month"]);
                break;
            case "vacuum":
                // Vacuum's own commits say what it does and touch no file.
                transaction.SetParameter("retentionCheckEnabled", "true");
                break;
            default:
                throw new InvalidOperationException($"There is no operation {operation}.");
        }
    }

    private void RemoveMonth(Transaction transaction, Snapshot snapshot, string month)
    {
        if (HidesReads)
        {
            foreach (AddFile file in snapshot.Files.Where(f => f.PartitionValues["month"] == month))
            {
                transaction.Remove(file);
            }
        }
        else
        {
            transaction.RemovePartitions(TestTable.Month(month));
        }
    }

    private void Add(Transaction transaction, string month, string[] rows, bool dataChange = true)
    {
        string path = $"{operation}-{id}";
        lock (content)
        {
            content[path] = rows;
        }

        transaction.Add(TestTable.File(path, month) with { DataChange = dataChange });
    }
}

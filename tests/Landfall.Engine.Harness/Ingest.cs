using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Storage;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Harness;

/// <summary>Ingests batches as the engine does: data files, then one commit with the batch's number.</summary>
internal static class Ingest
{
    public static async Task<int> RunAsync(string table, long batches, long rows, string store)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "1" });
        using DuckDbConnection connection = database.Connect();
        var delta =
            new DeltaTable(Stores.Open(store, table), new DuckDbParquetIo(database, table), TimeProvider.System);
        Snapshot? snapshot = await delta.TryLoadAsync(null, CancellationToken.None);
        long next = snapshot?.TransactionVersion(IngestRows.AppId) + 1 ?? 0;
        for (long batch = next; batch < batches; batch++)
        {
            string step = batch.ToString("D6", CultureInfo.InvariantCulture) + "-" + Environment.ProcessId;
            IReadOnlyList<DataFile> files = DataFileWriter.Write(
                connection, IngestRows.Select(batch, rows), IngestRows.Schema, table, step, CancellationToken.None);
            Transaction transaction = delta.Begin(snapshot, "WRITE");
            if (snapshot is null)
            {
                transaction.SetSchema(IngestRows.Schema, []);
            }

            foreach (DataFile file in files)
            {
                transaction.Add(file.ToAddFile(TimeProvider.System.GetUtcNow()));
            }

            transaction.SetTransaction(IngestRows.AppId, batch);
            if (store == "ack-first")
            {
                Acknowledge(batch);
                await Task.Delay(20);
            }

            CommitResult result = await transaction.CommitAsync(CancellationToken.None);
            if (result is not Committed { CheckpointFailure: null } committed)
            {
                await Console.Error.WriteLineAsync(result.ToString());
                return 1;
            }

            snapshot = committed.Snapshot;
            Acknowledge(batch);
        }

        return 0;
    }

    private static void Acknowledge(long batch)
    {
        // The full stop tells a whole line from one that a kill cut short.
        Console.Out.WriteLine($"ACK {batch}.");
        Console.Out.Flush();
    }
}

using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Estate.Types;

namespace Landfall.Recommender.Exposures;

/// <summary>
/// The Delta tables of what was served and of what became of it. Each set of rows is committed under an application's
/// own number, once however often it is appended. Safe for concurrent use.
/// </summary>
/// <param name="exposureFolder">Absolute path of the table of exposures, which need not exist yet.</param>
/// <param name="feedbackFolder">Absolute path of the table of feedback, which need not exist yet.</param>
/// <param name="ids">Names of the folders of new files.</param>
/// <param name="clock">Time of commits; rows carry their own.</param>
public sealed class ExposureTables(string exposureFolder, string feedbackFolder, IdSource ids, TimeProvider clock)
{
    /// <summary>Small files from which on joining them is worth a commit.</summary>
    private const int SmallFiles = 32;

    /// <summary>
    /// Adds rows durably unless the application's number is there already: an application appends its numbers in rising
    /// order, and again what it does not know to be committed. Recommendations may have been served at any time, so
    /// that a simulated application can add what it would have seen.
    /// </summary>
    /// <param name="application">Who appends.</param>
    /// <param name="number">Its number of this set.</param>
    /// <param name="served">Recommendations.</param>
    /// <param name="feedback">Feedback.</param>
    /// <param name="cancellationToken">Ends it; committed tables stay committed.</param>
    /// <returns>Rows that this call committed.</returns>
    /// <exception cref="StorageException">Storage failed.</exception>
    /// <exception cref="LandfallException"><c>LF4434</c>: other writers kept getting in between.</exception>
    public async Task<long> AppendAsync(
        string application, long number, IReadOnlyList<ServedRecommendation> served,
        IReadOnlyList<FeedbackEvent> feedback, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = Databases.Small();
        long exposures = served.Sum(s => (long)s.Items.Length);
        long committed = 0;
        if (exposures > 0 && await CommitAsync(
            database, exposureFolder, SchemaOf(ModelTable.Exposure), new ExposureRows(served), application, number,
            cancellationToken))
        {
            committed += exposures;
        }

        if (feedback.Count > 0 && await CommitAsync(
            database, feedbackFolder, SchemaOf(ModelTable.Feedback), new FeedbackRows(feedback), application, number,
            cancellationToken))
        {
            committed += feedback.Count;
        }

        return committed;
    }

    /// <summary>The highest number an application has in one of the tables; -1 where it has none.</summary>
    public async Task<long> NewestNumberAsync(string application, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = Databases.Small();
        long newest = -1;
        foreach (string folder in new[] { exposureFolder, feedbackFolder })
        {
            Snapshot? snapshot = await Open(database, folder).TryLoadAsync(null, cancellationToken);
            newest = Math.Max(newest, snapshot?.TransactionVersion(application) ?? -1);
        }

        return newest;
    }

    /// <summary>Joins the tables' small files where there are many.</summary>
    /// <exception cref="LandfallException"><c>LF4221</c>: other writers kept changing the files.</exception>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = Databases.Small();
        foreach (string folder in new[] { exposureFolder, feedbackFolder })
        {
            DeltaTable table = Open(database, folder);
            OptimizeOptions options = new() { Automatic = true };
            if (await table.TryLoadAsync(null, cancellationToken) is { } snapshot
                && snapshot.Files.Count(f => f.Size < options.TargetBytes * 3 / 4) >= SmallFiles)
            {
                _ = await new TableOptimizer(folder, table, database, ids, clock)
                    .RunAsync(options, cancellationToken);
            }
        }
    }

    private static TableSchema SchemaOf(ModelTable table) =>
        new([.. ModelColumns.Of(table).Select(c => new SchemaField(c.Name, c.Type))]);

    private DeltaTable Open(DuckDbDatabase database, string folder) =>
        new(new PosixLogStore(folder), new DuckDbParquetIo(database, folder), clock);

    private async Task<bool> CommitAsync(
        DuckDbDatabase database, string folder, TableSchema schema, IRowSource rows, string application, long number,
        CancellationToken cancellationToken)
    {
        DeltaTable table = Open(database, folder);
        Snapshot? snapshot = await table.TryLoadAsync(null, cancellationToken);
        if (snapshot?.TransactionVersion(application) >= number)
        {
            return false;
        }

        IReadOnlyList<DataFile> files = Write(database, folder, schema, rows, cancellationToken);
        CommitRetry retry = new(clock);
        while (true)
        {
            Transaction transaction = table.Begin(snapshot, "WRITE");
            if (snapshot is null)
            {
                transaction.SetSchema(schema, []);
            }

            foreach (DataFile file in files)
            {
                transaction.Add(file.ToAddFile(clock.GetUtcNow()));
            }

            transaction.SetTransaction(application, number);
            CommitResult ended = await retry.CommitAsync(transaction, cancellationToken);
            if (ended is Committed)
            {
                return true;
            }

            bool again = await retry.AgainAsync(ended, cancellationToken);
            snapshot = await table.TryLoadAsync(null, cancellationToken);
            if (snapshot?.TransactionVersion(application) >= number)
            {
                return true;
            }

            if (!again)
            {
                throw new LandfallException(
                    "LF4434",
                    $"Other writers kept getting in between while exposures were committed. {retry.Obstacle} They stay "
                    + "in their segment and are committed later. Look for programs that write the recommender's "
                    + "tables.");
            }
        }
    }

    private IReadOnlyList<DataFile> Write(
        DuckDbDatabase database, string folder, TableSchema schema, IRowSource rows,
        CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = database.Connect();
        string shape = "select " + string.Join(
            ", ", schema.Fields.Select(f => $"cast(null as {DuckDbName(f.Type)}) as \"{f.Name}\""));
        using DuckDbTableFunction function = connection.TableFunction(shape, rows);
        try
        {
            return DataFileWriter.Write(
                connection, $"select * from {function.Name}()", schema, folder, ids.Next("x"), cancellationToken);
        }
        catch (DuckDbException)
        {
            function.ThrowIfFailed();
            throw;
        }
    }

    private static string DuckDbName(DataType type) => type.Kind switch
    {
        TypeKind.Int => "INTEGER",
        TypeKind.Double => "DOUBLE",
        TypeKind.Boolean => "BOOLEAN",
        TypeKind.Timestamp => "TIMESTAMPTZ",
        _ => "VARCHAR",
    };
}

using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Maintenance;
using Landfall.Estate;
using Landfall.Recommender.Definitions;

namespace Landfall.Recommender.Exposures;

/// <summary>
/// The Delta tables of what was served and of what became of it. Each set of rows is committed under an application's
/// own number, once however often it is appended. Safe for concurrent use.
/// </summary>
public sealed class ExposureTables : IDisposable
{
    /// <summary>Small files from which on joining them is worth a commit.</summary>
    private const int SmallFiles = 32;

    private readonly ILocalEngine _engine;
    private readonly IdSource _ids;
    private readonly TimeProvider _clock;
    private readonly LedgerTable _exposures;
    private readonly LedgerTable _feedback;

    /// <summary>Opens the tables; reads nothing.</summary>
    /// <param name="exposureFolder">Absolute path of the table of exposures, which need not exist yet.</param>
    /// <param name="feedbackFolder">Absolute path of the table of feedback, which need not exist yet.</param>
    /// <param name="engine">Reads and writes rows; stays the caller's.</param>
    /// <param name="ids">Names of the folders of new files.</param>
    /// <param name="clock">Time of commits; rows carry their own.</param>
    public ExposureTables(
        string exposureFolder, string feedbackFolder, ILocalEngine engine, IdSource ids, TimeProvider clock)
    {
        _engine = engine;
        _ids = ids;
        _clock = clock;
        _exposures = Open(exposureFolder, ModelTable.Exposure);
        _feedback = Open(feedbackFolder, ModelTable.Feedback);
    }

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
        long exposures = served.Sum(s => (long)s.Items.Length);
        long committed = 0;
        if (exposures > 0 && await _exposures.AppendAsync(
            new LedgerAppend(served.SelectMany(RowsOf)) { Once = (application, number) }, cancellationToken))
        {
            committed += exposures;
        }

        if (feedback.Count > 0 && await _feedback.AppendAsync(
            new LedgerAppend(feedback.Select(RowOf)) { Once = (application, number) }, cancellationToken))
        {
            committed += feedback.Count;
        }

        return committed;
    }

    /// <summary>The highest number an application has in one of the tables; -1 where it has none.</summary>
    public async Task<long> NewestNumberAsync(string application, CancellationToken cancellationToken)
    {
        long newest = -1;
        foreach (LedgerTable ledger in new[] { _exposures, _feedback })
        {
            Snapshot? snapshot = await ledger.Delta.TryLoadAsync(null, cancellationToken);
            newest = Math.Max(newest, snapshot?.TransactionVersion(application) ?? -1);
        }

        return newest;
    }

    /// <summary>Joins the tables' small files where there are many.</summary>
    /// <exception cref="LandfallException"><c>LF4221</c>: other writers kept changing the files.</exception>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        foreach (LedgerTable ledger in new[] { _exposures, _feedback })
        {
            TableOptimizer optimizer = new(ledger.Folder, ledger.Delta, _engine, _ids, _clock);
            _ = await optimizer.RunIfManyAsync(
                new OptimizeOptions { Automatic = true }, SmallFiles, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _exposures.Dispose();
        _feedback.Dispose();
    }

    private LedgerTable Open(string folder, ModelTable table)
    {
        DeltaTable delta = new(new PosixLogStore(folder), _engine.ParquetOf(folder), _clock);
        TableSchema schema = new([.. ModelColumns.Of(table).Select(c => new SchemaField(c.Name, c.Type))]);
        TableName name = new("recommender", "log", table.ToString().ToLowerInvariant());
        return new(name, delta, folder, schema, _engine, _clock)
        {
            Lost = obstacle => new(
                "LF4434",
                $"Other writers kept getting in between while exposures were committed. {obstacle} They stay in their "
                + "segment and are committed later. Look for programs that write the recommender's tables."),
        };
    }

    /// <summary>Rows of the table of exposures, one a service, in the columns' order.</summary>
    private static IEnumerable<object?[]> RowsOf(ServedRecommendation served) => served.Items.Select((item, rank) =>
        new object?[]
        {
            served.RecommendationId, rank + 1, served.ServedAt, served.AccountId, served.CustomerId, item.ServiceId,
            item.Score, item.Probability, item.Reason, served.ModelVersion, served.Deployment, served.Arm,
            served.Fallback,
        });

    private static object?[] RowOf(FeedbackEvent said) =>
        [said.RecommendationId, said.ServiceId, said.Kind, said.At];
}

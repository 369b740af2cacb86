using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Estate;

namespace Landfall.Engine.Running;

/// <summary>
/// The one way to commit: the intent row first, then the table's commit with <c>txn(table, step number)</c> and the
/// intent repeated in <c>commitInfo.landfall</c>. Either may be missing after a crash; both say the same.
/// </summary>
/// <param name="ledger">The run's ledger.</param>
/// <param name="meters">The run's meters, written before a commit that they paid for.</param>
/// <param name="clock">Time.</param>
internal sealed class StepCommitter(RunLedger ledger, MeterLedger meters, TimeProvider clock)
{
    /// <summary>Commits a step; returns the version. Throws LF4010 where another writer's commit conflicts.</summary>
    public async Task<long> CommitAsync(
        StepContext context, TableName table, DeltaTable delta, Transaction transaction, JsonObject details,
        CancellationToken cancellationToken)
    {
        long number = (transaction.ReadSnapshot?.TransactionVersion(table.ToString()) ?? -1) + 1;
        number = Math.Max(number, 1);
        JsonObject intent = (JsonObject)details.DeepClone();
        intent["run"] = context.RunId;
        intent["step"] = context.StepId;
        intent["table"] = table.ToString();
        intent["stepNumber"] = number;
        await meters.FlushAsync(cancellationToken);
        await ledger.RecordAsync(RunEvents.Intent, context, number, null, intent, cancellationToken);

        transaction.SetTransaction(table.ToString(), number);
        transaction.SetInfo("landfall", intent);
        CommitResult result = await new CommitRetry(clock).CommitAsync(transaction, cancellationToken);
        return result switch
        {
            Committed committed => committed.Version,
            Conflicted conflict => throw Conflict(table, conflict.Message),
            Retryable retry => throw Conflict(table, retry.Message),
            _ => throw new InvalidOperationException($"Unknown commit result {result}."),
        };
    }

    private static LandfallException Conflict(TableName table, string message) => new(
        "LF4010",
        $"The commit to {table} lost against another writer: {message} The table is as the other writer left it. "
        + "Run again.");
}

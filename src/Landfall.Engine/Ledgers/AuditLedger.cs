namespace Landfall.Engine.Ledgers;

/// <summary>Writes reads and decisions to the management zone's audit table.</summary>
/// <param name="audit">The audit table.</param>
/// <param name="clock">Time.</param>
internal sealed class AuditLedger(LedgerTable audit, TimeProvider clock)
{
    /// <summary>Records entries in one commit; nothing where there are none.</summary>
    public Task RecordAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        entries.Count == 0
            ? Task.CompletedTask
            : audit.AppendAsync(
                [.. entries.Select(e => new object?[]
                {
                    clock.GetUtcNow(), e.Principal, e.Action, e.Table.ToString(), e.Permitted ? "permitted" : "refused",
                    e.Reason, e.RunId,
                })],
                cancellationToken);
}

using Landfall.Engine.Ledgers;
using Landfall.Estate;

namespace Landfall.Engine.Running;

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

/// <summary>A read or a decision.</summary>
/// <param name="Principal">Who: a product as zone/product, or a user.</param>
/// <param name="Action"><c>read</c>, <c>query</c>, <c>connect</c> or what maintenance did.</param>
/// <param name="Table">The table.</param>
/// <param name="Permitted">Whether it was permitted.</param>
/// <param name="Reason">The agreement or rule that decided.</param>
/// <param name="RunId">The run, if any.</param>
internal sealed record AuditEntry(
    string Principal, string Action, TableName Table, bool Permitted, string Reason, string? RunId);

using Landfall.Estate;

namespace Landfall.Engine.Ledgers;

/// <summary>A read or a decision.</summary>
/// <param name="Principal">Who: a product as zone/product, or a user.</param>
/// <param name="Action"><c>read</c>, <c>query</c>, <c>connect</c> or what maintenance did.</param>
/// <param name="Table">The table.</param>
/// <param name="Permitted">Whether it was permitted.</param>
/// <param name="Reason">The agreement or rule that decided.</param>
/// <param name="RunId">The run, if any.</param>
public sealed record AuditEntry(
    string Principal, string Action, TableName Table, bool Permitted, string Reason, string? RunId);

namespace Landfall.Engine.Query;

/// <summary>A run as the runs table tells it.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Started">When it started.</param>
/// <param name="State"><c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>interrupted</c>.</param>
/// <param name="Seconds">How long it took; null while it runs and where it was interrupted.</param>
/// <param name="Committed">Steps that committed.</param>
/// <param name="Failed">Steps that failed.</param>
public sealed record RunRecord(
    string RunId, DateTimeOffset Started, string State, double? Seconds, long Committed, long Failed);

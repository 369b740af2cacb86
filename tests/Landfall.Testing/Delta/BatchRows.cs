namespace Landfall.Testing.Delta;

/// <summary>What a table shows of one batch.</summary>
/// <param name="Batch">Its number.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Distinct">Distinct row numbers.</param>
/// <param name="Wrong">Rows whose payload is not the one that was sent.</param>
/// <param name="First">The lowest row number.</param>
/// <param name="Last">The highest row number.</param>
public sealed record BatchRows(long Batch, long Rows, long Distinct, long Wrong, long First, long Last);

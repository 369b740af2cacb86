namespace Landfall.Engine.Engines;

/// <summary>What is noted of a batch that failed, to tell whether reading it again can end otherwise.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Contract">Fingerprint of contract and way of reading.</param>
/// <param name="Threshold">The threshold it was over.</param>
/// <param name="Count">What was read of it.</param>
public sealed record FailedBatch(long Batch, string Contract, double Threshold, BatchCount Count);

namespace Relecloud.Sources.Application;

/// <summary>A service that is recommended.</summary>
/// <param name="Service">Its id.</param>
/// <param name="Rank">From 1.</param>
/// <param name="Score">What it is ranked by.</param>
/// <param name="Reason">The service in use that speaks most for it; null for popularity alone.</param>
public sealed record AdvisedService(string Service, int Rank, double Score, string? Reason);

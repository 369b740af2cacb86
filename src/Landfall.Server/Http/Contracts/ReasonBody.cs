namespace Landfall.Server.Http.Contracts;

/// <summary>A service in use behind a score.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Contribution">What it adds to the score.</param>
internal sealed record ReasonBody(string ServiceId, double Contribution);

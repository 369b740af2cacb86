namespace Relecloud.Sources.Application;

/// <summary>What accounts use.</summary>
/// <param name="Through">The last day.</param>
/// <param name="Services">Ids of services.</param>
/// <param name="Accounts">How many accounts there are.</param>
/// <param name="Used">
/// Account and service by index, and when its use began, in seconds from a start that lies before all of them.
/// </param>
public sealed record AdviserUsage(
    DateOnly Through, IReadOnlyList<string> Services, int Accounts,
    IReadOnlyList<(int Account, int Service, long Began)> Used);

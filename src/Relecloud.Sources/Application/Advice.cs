namespace Relecloud.Sources.Application;

/// <summary>What is recommended to an account.</summary>
/// <param name="Items">The services, the best first.</param>
/// <param name="Fallback">Whether they are there for being popular alone.</param>
public sealed record Advice(IReadOnlyList<AdvisedService> Items, bool Fallback);

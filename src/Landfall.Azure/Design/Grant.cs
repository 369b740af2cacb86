using Landfall.Estate.Agreements;

namespace Landfall.Azure.Design;

/// <summary>A live agreement: one role of the consumer's identity on the table's folder.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Consumer">The unit that reads.</param>
/// <param name="Provider">The unit whose table it is.</param>
internal sealed record Grant(Agreement Agreement, HostedUnit Consumer, HostedUnit Provider);

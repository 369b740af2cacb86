using System.Text.Json.Nodes;

namespace Landfall.Delta;

/// <summary>What a commit recorded of itself with <see cref="Transaction.SetInfo"/>.</summary>
/// <param name="Version">The version that recorded it, or that repeated it.</param>
/// <param name="Value">The object.</param>
public sealed record RecordedInfo(long Version, JsonObject Value);

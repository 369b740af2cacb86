namespace Landfall.Azure.Bicep;

/// <summary>A list that stays on one line where it fits.</summary>
/// <param name="Items">Its items.</param>
internal sealed record Inline(IEnumerable<object> Items);

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>Receives rows that break the contract.</summary>
internal interface IBadRows
{
    /// <summary>Adds a row.</summary>
    /// <param name="number">Its number in its file.</param>
    /// <param name="rule">The rule it breaks.</param>
    /// <param name="column">The column that breaks it; null for the row as a whole.</param>
    /// <param name="record">The row as the source sent it.</param>
    void Add(long number, string rule, string? column, ReadOnlySpan<byte> record);
}

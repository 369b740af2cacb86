namespace Landfall.Engine.DuckDb.Checking;

/// <summary>What of a table is checked.</summary>
public sealed record CheckOptions
{
    /// <summary>The version whose data files are checked; null for the newest.</summary>
    public long? Version { get; init; }

    /// <summary>Whether every value of every column is decoded, also of columns that have no statistics.</summary>
    public bool Deep { get; init; }
}

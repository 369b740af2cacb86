namespace Landfall.Estate.Contracts;

/// <summary>How a measure puts the values of a column together; null counts for nothing.</summary>
public enum MeasureAggregate
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The least.</summary>
    Min,

    /// <summary>The greatest.</summary>
    Max,

    /// <summary>Their mean.</summary>
    Average,

    /// <summary>How many there are; without a column, how many rows.</summary>
    Count,

    /// <summary>How many different ones there are.</summary>
    CountDistinct,
}

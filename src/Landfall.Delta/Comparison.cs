namespace Landfall.Delta;

/// <summary>How a column is compared.</summary>
public enum Comparison
{
    /// <summary>Equal to the literal.</summary>
    Equal,

    /// <summary>Less than the literal.</summary>
    Less,

    /// <summary>Less than the literal or equal to it.</summary>
    LessOrEqual,

    /// <summary>Greater than the literal.</summary>
    Greater,

    /// <summary>Greater than the literal or equal to it.</summary>
    GreaterOrEqual,

    /// <summary>Null; there is no literal.</summary>
    IsNull,

    /// <summary>Not null; there is no literal.</summary>
    IsNotNull,
}

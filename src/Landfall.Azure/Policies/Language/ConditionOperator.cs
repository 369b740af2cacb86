namespace Landfall.Azure.Policies.Language;

/// <summary>How a condition compares; each has a negative one but the four of order.</summary>
internal enum ConditionOperator
{
    /// <summary>Is the same, whatever the case.</summary>
    Equals,

    /// <summary>Is not the same.</summary>
    NotEquals,

    /// <summary>Is one of a list.</summary>
    In,

    /// <summary>Is none of a list.</summary>
    NotIn,

    /// <summary>Fits a pattern with <c>*</c>.</summary>
    Like,

    /// <summary>Does not fit a pattern with <c>*</c>.</summary>
    NotLike,

    /// <summary>Fits a pattern of <c>#</c>, <c>?</c> and <c>.</c>, by case.</summary>
    Match,

    /// <summary>Does not fit such a pattern, by case.</summary>
    NotMatch,

    /// <summary>Fits such a pattern, whatever the case.</summary>
    MatchInsensitively,

    /// <summary>Does not fit such a pattern, whatever the case.</summary>
    NotMatchInsensitively,

    /// <summary>Has a text, or a list an item.</summary>
    Contains,

    /// <summary>Has it not.</summary>
    NotContains,

    /// <summary>Has a value of a name.</summary>
    ContainsKey,

    /// <summary>Has no value of a name.</summary>
    NotContainsKey,

    /// <summary>Is there.</summary>
    Exists,

    /// <summary>Is less.</summary>
    Less,

    /// <summary>Is less or the same.</summary>
    LessOrEquals,

    /// <summary>Is more.</summary>
    Greater,

    /// <summary>Is more or the same.</summary>
    GreaterOrEquals,
}

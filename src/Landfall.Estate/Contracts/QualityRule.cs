using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Contracts;

/// <summary>A quality rule of a contract, checked before the commit.</summary>
public sealed record QualityRule
{
    /// <summary>The rule's name, unique in its table.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// ODCS library metric: <c>nullValues, missingValues, invalidValues, duplicateValues, rowCount</c>; or <c>sql</c>.
    /// </summary>
    public required string Metric { get; init; }

    /// <summary>Columns the metric is about; empty for the whole table.</summary>
    public required ImmutableArray<string> Columns { get; init; }

    /// <summary>
    /// For <c>sql</c>: a query of one number in which <c>${table}</c> stands for the table; else empty.
    /// </summary>
    public required string Query { get; init; }

    /// <summary>For <c>invalidValues</c>: the valid values, texts of the column's type; else empty.</summary>
    public required ImmutableArray<string> ValidValues { get; init; }

    /// <summary>
    /// For <c>invalidValues</c>: a regular expression (RE2) that valid values match in full; else empty.
    /// </summary>
    public required string Pattern { get; init; }

    /// <summary>
    /// For <c>missingValues</c>: what counts as missing beside null; empty for the empty text. For
    /// <c>invalidValues</c>: what is neither valid nor invalid beside null. Else empty.
    /// </summary>
    public ImmutableArray<string> MissingValues
    {
        get;

        // A table that recorded none gives the default of the type.
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>ODCS operator, for example <c>mustBe</c>, <c>mustBeLessOrEqualTo</c>, <c>mustBeBetween</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>The number compared with; the lower bound of a between.</summary>
    public required decimal Value { get; init; }

    /// <summary>The upper bound of a between; else 0.</summary>
    public required decimal UpperValue { get; init; }

    /// <summary>Whether the metric counts rows or is a percentage of them.</summary>
    public required bool Percent { get; init; }

    /// <summary>An error blocks the commit, a warning is recorded.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Equality by value.</summary>
    public bool Equals(QualityRule? other) =>
        other is not null && Name == other.Name && Metric == other.Metric && Query == other.Query
        && Pattern == other.Pattern && Operator == other.Operator && Value == other.Value
        && UpperValue == other.UpperValue && Percent == other.Percent && Severity == other.Severity
        && Columns.SequenceEqual(other.Columns) && ValidValues.SequenceEqual(other.ValidValues)
        && MissingValues.SequenceEqual(other.MissingValues);

    /// <summary>A hash that agrees with <see cref="Equals(QualityRule)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(Name, Metric, Query, Pattern, Operator, Value);
}

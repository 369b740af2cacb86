using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Contracts;

/// <summary>Columns whose values, taken together, are those of one row.</summary>
/// <param name="Columns">The columns, in key order; one where it is not the primary key.</param>
/// <param name="IsPrimary">Whether it is the primary key, none of whose columns is null.</param>
public sealed record ContractKey(ImmutableArray<string> Columns, bool IsPrimary)
{
    /// <summary>In words: <c>primary key (month, account_id)</c>, <c>unique column email</c>.</summary>
    public override string ToString() =>
        IsPrimary ? $"primary key ({string.Join(", ", Columns)})" : $"unique column {Columns[0]}";

    /// <summary>The key as a rule of quality over the whole table, which blocks a commit.</summary>
    internal QualityRule ToRule() => new()
    {
        Name = $"number of repeated values of the {this}",
        Metric = IsPrimary ? "duplicateValues" : "sql",
        Columns = Columns,
        Query = IsPrimary ? "" : "select count(${column}) - count(distinct ${column}) from ${table}",
        ValidValues = [],
        Pattern = "",
        Operator = "mustBe",
        Value = 0,
        UpperValue = 0,
        Percent = false,
        Severity = Severity.Error,
    };
}

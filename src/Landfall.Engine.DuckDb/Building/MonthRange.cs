using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// A range over the column whose month is asked for. It says nothing that the condition on the month does not, but
/// statistics of data files are about the column, so that files and row groups of other months are not read.
/// </summary>
internal static partial class MonthRange
{
    /// <summary>The column of an expression that is just <c>@month(column)</c>; null for any other.</summary>
    public static string? ColumnOf(string? expression) =>
        MonthOf().Match(expression ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>A condition to add to one on months; empty where there is no such column or no month.</summary>
    /// <param name="column">The column, a date or an instant; null for none.</param>
    /// <param name="months">First days of months, in order.</param>
    public static string Condition(string? column, ImmutableArray<string> months) =>
        column is null || months.Length == 0 ? ""
        : $" and {SqlName.DuckDb(column)} >= date '{months[0]}' "
          + $"and {SqlName.DuckDb(column)} < date '{months[^1]}' + interval 1 month";

    [GeneratedRegex(@"^\s*@month\(\s*([a-z_][a-z0-9_]*)\s*\)\s*$")]
    private static partial Regex MonthOf();
}

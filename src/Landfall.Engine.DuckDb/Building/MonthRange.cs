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
    /// <param name="months">First days of months, in order; null for rows that have none.</param>
    public static string Condition(string? column, ImmutableArray<string?> months)
    {
        string[] known = [.. months.OfType<string>()];
        if (column is null || known.Length == 0)
        {
            return "";
        }

        string name = SqlName.DuckDb(column);
        string range = $"({name} >= date '{known[0]}' and {name} < date '{known[^1]}' + interval 1 month)";
        return months.Contains(null) ? $" and ({range} or {name} is null)" : $" and {range}";
    }

    [GeneratedRegex(@"^\s*@month\(\s*([a-z_][a-z0-9_]*)\s*\)\s*$")]
    private static partial Regex MonthOf();
}

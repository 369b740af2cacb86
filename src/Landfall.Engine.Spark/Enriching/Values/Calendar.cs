namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>Days of the Gregorian calendar by number, also of years that no date of Spark has.</summary>
internal static class Calendar
{
    /// <summary>Days of 400 years.</summary>
    private const int Cycle = 146_097;

    /// <summary>0001-01-01 in days since 1970-01-01.</summary>
    public const int First = -719_162;

    /// <summary>9999-12-31 in days since 1970-01-01.</summary>
    public const int Last = 2_932_896;

    /// <summary>An expression: days since 1970-01-01, a bigint; null for what is no day.</summary>
    /// <param name="year">An expression of type bigint; the year before the first is 0.</param>
    /// <param name="month">An expression: one or two digits.</param>
    /// <param name="day">An expression: one or two digits.</param>
    public static string Days(string year, string month, string day)
    {
        string like = $"(2000 + pmod({year}, 400))";
        string date = $"try_cast(concat_ws('-', {like}, lpad({month}, 2, '0'), lpad({day}, 2, '0')) as date)";
        return $"unix_date({date}) + ({year} - {like}) div 400 * {Cycle}";
    }
}

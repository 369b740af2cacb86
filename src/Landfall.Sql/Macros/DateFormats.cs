using System.Collections.Frozen;

namespace Landfall.Sql.Macros;

/// <summary>The formats of <c>@format_date</c>: Java's pattern, which queries write, to DuckDB's.</summary>
internal static class DateFormats
{
    /// <summary>Every format, as queries write it, with DuckDB's spelling.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["yyyy"] = "%Y",
        ["MM"] = "%m",
        ["dd"] = "%d",
        ["HH"] = "%H",
        ["yyyyMM"] = "%Y%m",
        ["yyyy-MM"] = "%Y-%m",
        ["yyyyMMdd"] = "%Y%m%d",
        ["yyyy-MM-dd"] = "%Y-%m-%d",
        ["HH:mm:ss"] = "%H:%M:%S",
        ["yyyy-MM-dd HH:mm:ss"] = "%Y-%m-%d %H:%M:%S",
        ["yyyy-MM-dd HH:mm:ss.SSSSSS"] = "%Y-%m-%d %H:%M:%S.%f",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// The spellings of values that are read, as conditions of SQL: the engine's casts take many more, such as <c>0x10</c>,
/// <c>1_000</c> and <c>epoch</c>. <c>docs/reading-files.md</c> lists the same.
/// </summary>
internal static class Spellings
{
    /// <summary>Year, month and day. Years of more digits, or before the first, are named as out of range.</summary>
    public const string Day = @"-?\d{4,}[-/]\d{1,2}[-/]\d{1,2}";

    /// <summary>Infinities are named as out of range, too.</summary>
    public const string Infinity = "[+-]?(?i:infinity)";

    /// <summary>A number, digits with an optional fraction and exponent.</summary>
    public const string Number = @"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*";
    private const string Boolean = @"\s*(?i:true|false|t|f|yes|no|y|n|1|0)\s*";

    /// <summary>
    /// A day, which may have the time and offset of a timestamp: whether it says more is asked later.
    /// </summary>
    public const string Date = @"\s*(" + Day + @"([Tt ].*)?|" + Infinity + @")\s*";

    /// <summary>A day without a time but midnight, and without an offset but that of UTC.</summary>
    public const string Midnight =
        @"\s*[^\sTt]*([Tt ]\s*0{1,2}:00(:00(\.0*)?)?\s*([Zz]|UTC|[+-]00(:?00)?)?)?\s*";

    /// <summary>Whether a text is in a spelling of a type of one value; not for timestamps, texts and bytes.</summary>
    /// <param name="type">The type.</param>
    /// <param name="text">An expression of type VARCHAR.</param>
    public static string Fits(TypeKind type, string text) => Full(text, type switch
    {
        TypeKind.Boolean => Boolean,
        TypeKind.Date => Date,
        _ => Number,
    });

    /// <summary>Whether the text of a date has no time but midnight, and no offset but that of UTC.</summary>
    public static string IsMidnight(string text) => Full(text, Midnight);

    /// <summary>Whether all of a text matches a pattern.</summary>
    public static string Full(string text, string pattern) =>
        $"regexp_full_match({text}, {SqlText.Literal(pattern)})";
}

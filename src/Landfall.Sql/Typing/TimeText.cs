using System.Text.RegularExpressions;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Typing;

/// <summary>Days and instants written as texts, which engines read alike in their plain form only.</summary>
internal static partial class TimeText
{
    /// <summary>
    /// Whether an expression is a text <c>yyyy-MM-dd</c> or <c>yyyy-MM-dd HH:mm:ss</c> written out, up to six decimals
    /// of a second included.
    /// </summary>
    public static bool IsPlain(SqlExpression expression) =>
        expression is { Kind: ExpressionKind.Constant, DataType: "VARCHAR" } && Plain().IsMatch(expression.Value);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}

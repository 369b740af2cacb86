using System.Text.RegularExpressions;
using Landfall.Sql.Text;

namespace Landfall.Sql.Macros;

/// <summary>Checks arguments against what a macro takes.</summary>
internal static partial class MacroArgumentReader
{
    private const int ScaleMax = 12;
    private const int PrecisionMax = 18;
    private const int DigitsMax = 38;

    /// <summary>Why an argument is wrong, as the end of a sentence, or null if it is right.</summary>
    /// <param name="parameter">What the macro takes here.</param>
    /// <param name="tokens">The argument's tokens without blanks and comments; not empty.</param>
    public static string? Problem(MacroParameter parameter, IReadOnlyList<SqlToken> tokens)
    {
        if (parameter.Kind == MacroParameterKind.Expression)
        {
            return tokens.Any(t => t.Is(";")) ? "is not an expression" : null;
        }

        SqlTokenKind kind = parameter.Kind == MacroParameterKind.Integer ? SqlTokenKind.Number : SqlTokenKind.Text;
        if (tokens.Count != 1 || tokens[0].Kind != kind)
        {
            return kind == SqlTokenKind.Number
                ? "must be a whole number written out" : "must be a string written out between single quotes";
        }

        return LiteralProblem(parameter.Kind, Value(tokens[0]));
    }

    /// <summary>What must hold between arguments that are right by themselves; null if it does.</summary>
    public static string? Problem(MacroDefinition macro, IReadOnlyList<MacroArgument> arguments)
    {
        int Number(string name) => int.Parse(arguments.First(a => a.Parameter.Name == name).Value);
        return macro.Name switch
        {
            "div_dec" when Number("p") is < 1 or > PrecisionMax || Number("s") > Math.Min(ScaleMax, Number("p")) =>
                $"p must be 1 to {PrecisionMax} and s 0 to {ScaleMax}, at most p.",
            "parse_decimal" or "json_dec" when Number("p") is < 1 or > DigitsMax || Number("s") > Number("p") =>
                $"p must be 1 to {DigitsMax} and s at most p.",
            "re_extract" when Number("group") > PortablePattern.Groups(arguments[1].Value) =>
                "group must be 0 for the whole match or the number of a group of the pattern.",
            _ => null,
        };
    }

    /// <summary>The value of a literal's token.</summary>
    public static string Value(SqlToken token) =>
        token.Kind == SqlTokenKind.Text ? token.Value[1..^1].Replace("''", "'") : token.Value;

    private static string? LiteralProblem(MacroParameterKind kind, string value) => kind switch
    {
        MacroParameterKind.Integer when !WholeNumber().IsMatch(value) => "must be a whole number from 0 to 99",
        MacroParameterKind.Pattern or MacroParameterKind.SomePattern
            when PortablePattern.Problem(value) is { } problem => $"is not a portable regular expression: {problem}",
        MacroParameterKind.SomePattern when PortablePattern.CanBeEmpty(value) =>
            "must match one character at least: engines replace empty matches differently",
        MacroParameterKind.Zone when !AreaAndPlace().IsMatch(value) =>
            "must be 'UTC' or an area and a place such as 'Europe/Berlin'",
        MacroParameterKind.Replacement when value.Contains('$') || value.Contains('\\') =>
            "must be plain text without $ and backslashes",
        MacroParameterKind.Format when !DateFormats.All.ContainsKey(value) =>
            $"must be one of {string.Join(", ", DateFormats.All.Keys.Order(StringComparer.Ordinal))}",
        MacroParameterKind.Path when !PlainPath().IsMatch(value) => "must be a path such as '$.name' or '$.outer.name'",
        MacroParameterKind.Text when value.Contains('\\') => "must not have a backslash",
        _ => null,
    };

    [GeneratedRegex("^[0-9]{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    [GeneratedRegex("^(UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)"
        + "(/[A-Za-z0-9_+-]+){1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex AreaAndPlace();

    [GeneratedRegex(@"^\$(\.[A-Za-z_][A-Za-z0-9_]*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPath();
}

using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Types;
using Landfall.Sql.Text;

namespace Landfall.Sql.Linting;

/// <summary>Rules about spelling that the syntax tree no longer shows.</summary>
internal sealed class TokenRules
{
    /// <summary>The types a cast may name.</summary>
    public const string TypesHint =
        "Write boolean, int, bigint, double, decimal(p,s), string, binary, date or timestamp.";

    private const int DigitsMax = 38;

    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789:.");

    private readonly ImmutableArray<SqlToken> _tokens;
    private readonly TextMap _map;
    private readonly List<Diagnostic> _found = [];

    private TokenRules(string file, string text)
    {
        _tokens = [.. SqlLexer.Read(text).Where(t => !t.IsTrivia)];
        _map = new(file, text);
    }

    /// <summary>Every breach in a text as it stands in the file.</summary>
    public static IReadOnlyList<Diagnostic> Check(string file, string text)
    {
        var rules = new TokenRules(file, text);
        for (int i = 0; i < rules._tokens.Length; i++)
        {
            rules.CheckToken(i);
            rules.CheckCast(i);
        }

        return rules._found;
    }

    private SqlToken At(int index) => index >= 0 && index < _tokens.Length ? _tokens[index] : default;

    private void CheckToken(int i)
    {
        SqlToken token = _tokens[i];
        (string Message, string Hint)? problem = token.Kind switch
        {
            SqlTokenKind.Text when token.Value.Contains('\\') =>
                ("A backslash in a string means different things.", "Write the character itself, or [.] in patterns."),
            SqlTokenKind.Text when At(i - 1).Kind == SqlTokenKind.Text =>
                ("Strings side by side are not in the portable subset.", "Join them with ||."),
            SqlTokenKind.Text when At(i - 1).Is("timestamp") && HasOffset(token.Value) =>
                ("DuckDB ignores the offset of a timestamp literal.", "Write the time in UTC, without an offset."),
            SqlTokenKind.ForeignText =>
                ("This form of string is not in the portable subset.", "Write it between single quotes."),
            SqlTokenKind.Number when token.Value.Contains('_') =>
                ("Numbers have no underscores in Spark.", "Write the digits alone."),
            SqlTokenKind.Number when IsTooLarge(token.Value) =>
                ("A number of more than 38 digits, or beyond a double, means different things.",
                    "Write a smaller one."),
            SqlTokenKind.Word when (token.Is("any") || token.Is("all") || token.Is("some"))
                && IsComparison(At(i - 1)) =>
                ("Comparisons with any or all rows of a subquery are an error in Spark.",
                    "Write in (select …), or compare with the subquery's min or max."),
            SqlTokenKind.Word when token.Is("lateral") =>
                ("LATERAL is not in the portable subset.", "Write a join, or a subquery in the select list."),
            SqlTokenKind.Word when token.Is("isnull") && !At(i + 1).Is("(") =>
                ("ISNULL is not in the portable subset.", "Write is null."),
            SqlTokenKind.Word when token.Is("notnull") =>
                ("NOTNULL is not in the portable subset.", "Write is not null."),
            SqlTokenKind.Symbol => SymbolProblem(i),
            _ => null,
        };
        if (problem is { } found)
        {
            Report(SqlCodes.Token, token, found.Message, found.Hint);
        }
    }

    private static bool IsTooLarge(string number) =>
        number.Contains('e', StringComparison.OrdinalIgnoreCase)
            ? double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && !double.IsFinite(value)
            : number.Count(char.IsAsciiDigit) > DigitsMax;

    private static bool IsComparison(SqlToken token) =>
        token.Is("=") || token.Is("<>") || token.Is("!=") || token.Is("<") || token.Is(">") || token.Is("<=")
        || token.Is(">=");

    // After the time of day comes nothing but its digits.
    private static bool HasOffset(string literal)
    {
        int time = literal.IndexOf(':');
        return time >= 0 && literal.AsSpan(time).Trim('\'').ContainsAnyExcept(TimeCharacters);
    }

    private (string Message, string Hint)? SymbolProblem(int i) => _tokens[i].Value switch
    {
        "`" => ("Names in backticks are not in the portable subset.", "Write \"name\"."),
        ":" => ("name: value is not in the portable subset.", "Write value as name."),
        "==" => ("== is not in the portable subset.", "Write =."),
        "," when At(i + 1).Is("from") || At(i + 1).Is(")") =>
            ("A comma before the end of a list is an error in Spark.", "Remove it."),
        _ => null,
    };

    private void CheckCast(int i)
    {
        if (_tokens[i].Is("::"))
        {
            CheckType(i + 1, closed: false);
        }
        else if ((_tokens[i].Is("cast") || _tokens[i].Is("try_cast")) && At(i + 1).Is("(")
            && FindAs(i + 1) is { } found)
        {
            CheckType(found + 1, closed: true);
        }
    }

    // The AS that belongs to the parenthesis at an index.
    private int? FindAs(int open)
    {
        int depth = 0;
        int? found = null;
        for (int i = open; i < _tokens.Length; i++)
        {
            depth += _tokens[i].Is("(") ? 1 : _tokens[i].Is(")") ? -1 : 0;
            if (depth == 0)
            {
                break;
            }

            found = depth == 1 && _tokens[i].Is("as") ? i : found;
        }

        return found;
    }

    private void CheckType(int at, bool closed)
    {
        SqlToken name = At(at);
        int end = at + 1;
        string type = name.Value ?? "";
        if (At(end).Is("("))
        {
            while (end < _tokens.Length && !_tokens[end].Is(")"))
            {
                type += _tokens[end++].Value;
            }

            type += ")";
            end++;
        }

        bool portable = DataType.TryParse(type, out _) && (!closed || At(end).Is(")")) && !At(end).Is("[");
        if (!portable && name.Value is not null)
        {
            Report(SqlCodes.CastType, name, $"{type} is not a type of contracts.", TypesHint);
        }
    }

    private void Report(string code, SqlToken token, string message, string hint) =>
        _found.Add(new(code, Severity.Error, _map.LocateOriginal(token.Start), message, hint));
}

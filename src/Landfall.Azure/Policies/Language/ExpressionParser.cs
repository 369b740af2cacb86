using System.Collections.Immutable;
using System.Globalization;
using Landfall.Estate.Names;

namespace Landfall.Azure.Policies.Language;

/// <summary>
/// Reads expressions of policies: calls, members, texts, numbers. Source of the grammar: syntax and expressions of
/// templates of Azure Resource Manager.
/// </summary>
internal sealed class ExpressionParser
{
    private const int Deepest = 64;
    private const int Longest = 81_920;

    private readonly string _text;
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _text = text;

    /// <summary>Whether a text is an expression; <c>[[</c> begins one that is not, and <c>[]</c> holds none.</summary>
    public static bool IsExpression(string text) =>
        text.Length > 2 && text[0] == '[' && text[1] != '[' && text[^1] == ']';

    /// <summary>Reads a text: an expression in brackets, or what it says itself.</summary>
    /// <exception cref="ExpressionSyntaxException">It begins as an expression and is none.</exception>
    public static PolicyExpression Parse(string text)
    {
        if (!IsExpression(text))
        {
            bool isEscaped = text.StartsWith("[[", StringComparison.Ordinal) && text.EndsWith(']');
            return new PolicyExpression.Literal(new PolicyValue.Text(isEscaped ? text[1..] : text));
        }

        if (text.Length > Longest)
        {
            throw new ExpressionSyntaxException($"An expression is longer than {Longest} characters.");
        }

        var parser = new ExpressionParser(text[1..^1]);
        PolicyExpression expression = parser.Expression();
        parser.Blanks();
        return parser._at == parser._text.Length
            ? expression
            : throw parser.Wrong($"'{parser._text[parser._at]}' follows where the expression should end");
    }

    private PolicyExpression Expression()
    {
        if (++_depth > Deepest)
        {
            throw new ExpressionSyntaxException($"An expression is nested deeper than {Deepest} levels.");
        }

        PolicyExpression expression = Members(Start());
        _depth--;
        return expression;
    }

    private PolicyExpression Start()
    {
        Blanks();
        char c = Peek();
        return c == '\'' ? new PolicyExpression.Literal(new PolicyValue.Text(Quoted()))
            : char.IsAsciiDigit(c) || c == '-' ? new PolicyExpression.Literal(new PolicyValue.Number(Number()))
            : char.IsAsciiLetter(c) ? CallOf(Word())
            : throw Wrong(c == '\0' ? "it ends where a value should be" : $"'{c}' is where a value should be");
    }

    private PolicyExpression Members(PolicyExpression target)
    {
        for (int members = 0; ; members++)
        {
            Blanks();
            if (Take('.'))
            {
                target = new PolicyExpression.Member(
                    target, new PolicyExpression.Literal(new PolicyValue.Text(MemberName())));
            }
            else if (Take('['))
            {
                RefuseSafe();
                PolicyExpression key = Expression();
                Expect(']');
                target = new PolicyExpression.Member(target, key);
            }
            else
            {
                return target;
            }

            if (members == Deepest)
            {
                throw new ExpressionSyntaxException($"An expression asks for more than {Deepest} members in a row.");
            }
        }
    }

    /// <summary>Bicep has members with a question mark; the expressions that it makes have none.</summary>
    private void RefuseSafe()
    {
        if (Peek() == '?')
        {
            throw Wrong("only Bicep knows '?' here; tryGet() gives nothing where a member is not there");
        }
    }

    private PolicyExpression CallOf(string name)
    {
        Blanks();
        Expect('(');
        ImmutableArray<PolicyExpression> arguments = [.. Arguments()];
        if (!PolicyFunctions.All.TryGetValue(name, out PolicyFunction? function))
        {
            throw new ExpressionSyntaxException(
                PolicyFunctions.Elsewhere.Contains(name)
                    ? $"Policies may not call {name}()."
                    : $"There is no function {name}().",
                Spelling.Closest(name, PolicyFunctions.All.Keys) is { } near ? $"Did you mean {near}()?" : null);
        }

        if (arguments.Length > PolicyLimits.Arguments)
        {
            throw new ExpressionSyntaxException(
                $"{name}() is given {arguments.Length} arguments.",
                $"A function takes {PolicyLimits.Arguments} at most.");
        }

        return arguments.Length >= function.Least && arguments.Length <= function.Most
            ? new PolicyExpression.Call(name, function, arguments)
            : throw new ExpressionSyntaxException(
                $"{name}() is given {arguments.Length} {(arguments.Length == 1 ? "argument" : "arguments")}.",
                function.Least == function.Most ? $"It takes {function.Least}."
                    : function.Most == int.MaxValue ? $"It takes {function.Least} or more."
                    : $"It takes {function.Least} to {function.Most}.");
    }

    private IEnumerable<PolicyExpression> Arguments()
    {
        Blanks();
        if (Take(')'))
        {
            yield break;
        }

        do
        {
            yield return Expression();
            Blanks();
        }
        while (Take(','));
        Expect(')');
    }

    private string Quoted()
    {
        int start = ++_at;
        while (true)
        {
            int end = _text.IndexOf('\'', _at);
            if (end < 0)
            {
                throw Wrong("a text in quotes does not end");
            }

            _at = end + 1;
            if (!Take('\''))
            {
                return _text[start..end].Replace("''", "'", StringComparison.Ordinal);
            }
        }
    }

    private decimal Number()
    {
        int start = _at++;
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }

        return Peek() == '.' ? throw Wrong("a number here has no fraction; float('1.5') makes one that has")
            : decimal.TryParse(
                _text[start.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number)
                ? number
                : throw Wrong("a number is malformed");
    }

    private string Word()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private string MemberName()
    {
        Blanks();
        RefuseSafe();
        string name = Word();
        return name.Length > 0 ? name : throw Wrong("a name should follow the dot");
    }

    private void Expect(char c)
    {
        Blanks();
        if (!Take(c))
        {
            throw Wrong(Peek() == '\0' ? $"it ends where '{c}' should be" : $"'{Peek()}' is where '{c}' should be");
        }
    }

    private bool Take(char c)
    {
        bool isThere = Peek() == c;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void Blanks()
    {
        while (char.IsWhiteSpace(Peek()))
        {
            _at++;
        }
    }

    private ExpressionSyntaxException Wrong(string why) =>
        new($"The expression is malformed at character {_at + 2}: {why}.");
}

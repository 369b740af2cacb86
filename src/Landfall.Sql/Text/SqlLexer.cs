using System.Collections.Immutable;

namespace Landfall.Sql.Text;

/// <summary>
/// Cuts SQL text into tokens, so that macros and token rules see neither comments nor strings. It never fails: what it
/// cannot read (an unterminated string) runs to the end of the text, and the parser reports it.
/// </summary>
internal sealed class SqlLexer
{
    private static readonly string[] Symbols =
        ["->>", "!~~*", "::", "//", "||", "<=", ">=", "<>", "!=", "==", "->", "**", ":="];

    private readonly string _text;
    private int _at;

    private SqlLexer(string text) => _text = text;

    /// <summary>All tokens, in order, blanks and comments included.</summary>
    public static ImmutableArray<SqlToken> Read(string text)
    {
        var lexer = new SqlLexer(text);
        var tokens = ImmutableArray.CreateBuilder<SqlToken>();
        while (lexer._at < text.Length)
        {
            int start = lexer._at;
            SqlTokenKind kind = lexer.Next();
            tokens.Add(new(kind, start, text[start..lexer._at]));
        }

        return tokens.ToImmutable();
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_' || char.IsSurrogate(c);

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsDigit(c) || c == '$';

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private SqlTokenKind Next()
    {
        char c = Peek();
        return c switch
        {
            _ when char.IsWhiteSpace(c) => TakeWhile(char.IsWhiteSpace, SqlTokenKind.Space),
            '-' when Peek(1) == '-' => TakeWhile(static x => x != '\n', SqlTokenKind.Comment),
            '/' when Peek(1) == '*' => TakeBlockComment(),
            '\'' => TakeQuoted('\'', SqlTokenKind.Text),
            '"' => TakeQuoted('"', SqlTokenKind.QuotedName),
            'e' or 'E' or 'x' or 'X' or 'b' or 'B' when Peek(1) == '\'' => TakePrefixedText(),
            '$' when TryTakeDollarText() => SqlTokenKind.ForeignText,
            '@' when IsNameStart(Peek(1)) => TakeMacro(),
            _ when IsNameStart(c) => TakeWhile(IsNamePart, SqlTokenKind.Word),
            _ when char.IsDigit(c) || (c == '.' && char.IsDigit(Peek(1))) => TakeNumber(),
            _ => TakeSymbol(),
        };
    }

    private SqlTokenKind TakeWhile(Func<char, bool> belongs, SqlTokenKind kind)
    {
        while (_at < _text.Length && belongs(_text[_at]))
        {
            _at++;
        }

        return kind;
    }

    private SqlTokenKind TakeMacro()
    {
        _at++;
        return TakeWhile(IsNamePart, SqlTokenKind.Macro);
    }

    // Comments nest in both engines.
    private SqlTokenKind TakeBlockComment()
    {
        int depth = 0;
        do
        {
            int step = Peek() == '/' && Peek(1) == '*' ? 1 : Peek() == '*' && Peek(1) == '/' ? -1 : 0;
            depth += step;
            _at += step == 0 ? 1 : 2;
        }
        while (depth > 0 && _at < _text.Length);

        _at = Math.Min(_at, _text.Length);
        return SqlTokenKind.Comment;
    }

    private SqlTokenKind TakeQuoted(char quote, SqlTokenKind kind)
    {
        _at++;
        while (_at < _text.Length)
        {
            if (_text[_at] != quote)
            {
                _at++;
            }
            else if (Peek(1) == quote)
            {
                _at += 2;
            }
            else
            {
                _at++;
                break;
            }
        }

        return kind;
    }

    private SqlTokenKind TakePrefixedText()
    {
        bool escapes = Peek() is 'e' or 'E';
        _at++;
        if (!escapes)
        {
            return TakeQuoted('\'', SqlTokenKind.ForeignText);
        }

        for (_at++; _at < _text.Length; _at++)
        {
            if (Peek() == '\'' && Peek(1) != '\'')
            {
                _at++;
                break;
            }

            _at += Peek() is '\\' or '\'' ? 1 : 0;
        }

        _at = Math.Min(_at, _text.Length);
        return SqlTokenKind.ForeignText;
    }

    private bool TryTakeDollarText()
    {
        int tagEnd = _at + 1;
        while (tagEnd < _text.Length && IsNamePart(_text[tagEnd]) && _text[tagEnd] != '$')
        {
            tagEnd++;
        }

        if (tagEnd >= _text.Length || _text[tagEnd] != '$' || char.IsDigit(Peek(1)))
        {
            return false;
        }

        string tag = _text[_at..(tagEnd + 1)];
        int close = _text.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        _at = close < 0 ? _text.Length : close + tag.Length;
        return true;
    }

    private SqlTokenKind TakeNumber()
    {
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '.'
            || (Peek() is '+' or '-' && _text[_at - 1] is 'e' or 'E'))
        {
            _at++;
        }

        return SqlTokenKind.Number;
    }

    private SqlTokenKind TakeSymbol()
    {
        string? found = Symbols.FirstOrDefault(s => string.CompareOrdinal(_text, _at, s, 0, s.Length) == 0);
        _at += found?.Length ?? 1;
        return SqlTokenKind.Symbol;
    }
}

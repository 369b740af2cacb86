using System.Collections.Immutable;
using System.Text;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Text;

namespace Landfall.Sql.Macros;

/// <summary>
/// Expands <c>@macro(…)</c> at compile time, on tokens: strings and comments are left alone, arguments are balanced and
/// may hold macros themselves.
/// </summary>
internal sealed class MacroExpander
{
    /// <summary>What the parser sees in place of <c>@</c>.</summary>
    public const string SyntaxPrefix = "landfall__";

    private readonly ImmutableArray<SqlToken> _tokens;
    private readonly MacroTarget _target;
    private readonly TextMap _map;
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    private MacroExpander(string file, string text, MacroTarget target)
    {
        _tokens = SqlLexer.Read(text);
        _target = target;
        _map = new(file, text);
    }

    /// <summary>Expands the macros of a text; wrong ones stand as they were and are reported.</summary>
    /// <param name="file">The text's file, relative to the estate.</param>
    /// <param name="text">The text as it stands in the file.</param>
    /// <param name="target">What to expand for.</param>
    public static MacroExpansion Expand(string file, string text, MacroTarget target)
    {
        var expander = new MacroExpander(file, text, target);
        string expanded = expander.ExpandAll();
        return new(expanded, expander._map, expander._diagnostics.ToImmutable());
    }

    private string ExpandAll()
    {
        var output = new StringBuilder();
        _map.Add(0, 0, verbatim: true);
        for (int i = 0; i < _tokens.Length; i++)
        {
            SqlToken token = _tokens[i];
            if (token.Kind != SqlTokenKind.Macro)
            {
                i = AppendPlain(output, i, isMapped: true);
                continue;
            }

            (string text, int last) = ExpandMacro(i);
            _map.Add(output.Length, token.Start, verbatim: false);
            output.Append(text);
            _map.Add(output.Length, _tokens[last].End, verbatim: true);
            i = last;
        }

        return output.ToString();
    }

    // Appends a token that is no macro; returns the last that was appended.
    private int AppendPlain(StringBuilder output, int at, bool isMapped)
    {
        int open = _target == MacroTarget.DuckDb && _tokens[at].Is("count_if") ? NextOf(at) : -1;
        if (open < 0 || !_tokens[open].Is("("))
        {
            output.Append(_tokens[at].Value);
            return at;
        }

        // DuckDB's own counts null, not 0, where there is nothing to count.
        int start = output.Length;
        output.Append("count(null or ");
        if (isMapped)
        {
            _map.Add(start, _tokens[at].Start, verbatim: false);
            _map.Add(output.Length, _tokens[open].End, verbatim: true);
        }

        return open;
    }

    private int NextOf(int at) =>
        Enumerable.Range(at + 1, _tokens.Length - at - 1).FirstOrDefault(i => !_tokens[i].IsTrivia, -1);

    // The text of the macro at a token, and the index of its last token.
    private (string Text, int Last) ExpandMacro(int at)
    {
        MacroCall? call = ReadCall(at);
        ImmutableArray<MacroArgument>? arguments = call is null ? null : Check(call);
        if (_target == MacroTarget.Syntax)
        {
            // Only the name changes, so that every place in the arguments keeps its own.
            return (SyntaxPrefix + _tokens[at].Value[1..], at);
        }

        if (call is null)
        {
            return (_tokens[at].Value, at);
        }

        return arguments is null
            ? (Raw(at, call.Last), call.Last)
            : (MacroTemplate.Render(call.Macro, arguments, SqlDialect.DuckDb), call.Last);
    }

    private MacroCall? ReadCall(int at)
    {
        string name = _tokens[at].Value[1..];
        if (!MacroCatalogue.All.TryGetValue(name, out MacroDefinition? macro))
        {
            Report(SqlCodes.UnknownMacro, at, $"There is no macro @{name}.",
                Suggestion.Find(name, MacroCatalogue.All.Keys) is { } near ? $"Did you mean @{near}?"
                    : $"The macros are {Names()}.");
            return null;
        }

        int open = NextOf(at);
        if (open < 0 || !_tokens[open].Is("("))
        {
            Report(SqlCodes.MacroArguments, at, $"The macro @{name} has no arguments.", $"Write {macro.Signature}.");
            return null;
        }

        ImmutableArray<(int From, int To)>? ranges = SplitArguments(open, out int last);
        if (ranges is null)
        {
            Report(SqlCodes.MacroArguments, at, $"The parenthesis of @{name} is not closed.", null);
            return null;
        }

        return new(macro, at, last, ranges.Value);
    }

    private ImmutableArray<(int From, int To)>? SplitArguments(int open, out int last)
    {
        var ranges = ImmutableArray.CreateBuilder<(int From, int To)>();
        int depth = 0;
        int from = open + 1;
        for (last = open; last < _tokens.Length; last++)
        {
            SqlToken token = _tokens[last];
            depth += token.Is("(") || token.Is("[") || token.Is("{") ? 1
                : token.Is(")") || token.Is("]") || token.Is("}") ? -1 : 0;
            if (depth == 0 || (depth == 1 && token.Is(",")))
            {
                ranges.Add((from, last));
                from = last + 1;
            }

            if (depth == 0)
            {
                return ranges.ToImmutable();
            }
        }

        return null;
    }

    // The arguments with their macros expanded, or null after reporting what is wrong with them.
    private ImmutableArray<MacroArgument>? Check(MacroCall call)
    {
        MacroDefinition macro = call.Macro;
        if (call.Ranges.Length != macro.Parameters.Length)
        {
            Report(SqlCodes.MacroArguments, call.At,
                $"@{macro.Name} takes {macro.Parameters.Length} argument(s), not {call.Ranges.Length}.",
                $"Write {macro.Signature}.");
            return null;
        }

        var arguments = ImmutableArray.CreateBuilder<MacroArgument>();
        foreach ((MacroParameter parameter, (int from, int to)) in macro.Parameters.Zip(call.Ranges))
        {
            SqlToken[] tokens = [.. _tokens[from..to].Where(t => !t.IsTrivia)];
            string? problem = tokens.Length == 0 ? "is missing" : MacroArgumentReader.Problem(parameter, tokens);
            if (problem is not null)
            {
                Report(SqlCodes.MacroArguments, call.At,
                    $"The argument {parameter.Name} of @{macro.Name} {problem}.", $"Write {macro.Signature}.");
                return null;
            }

            bool literal = parameter.Kind != MacroParameterKind.Expression;
            arguments.Add(new(parameter, literal ? tokens[0].Value : Operand(from, to),
                literal ? MacroArgumentReader.Value(tokens[0]) : ""));
        }

        if (MacroArgumentReader.Problem(macro, arguments) is { } wrong)
        {
            Report(SqlCodes.MacroArguments, call.At, $"The arguments of @{macro.Name} do not fit: {wrong}", null);
            return null;
        }

        return arguments.ToImmutable();
    }

    // An argument as an operand: without comments, its macros expanded, in parentheses unless it is a name or literal.
    private string Operand(int from, int to)
    {
        if (_target == MacroTarget.Syntax)
        {
            return "";
        }

        var output = new StringBuilder();
        for (int i = from; i < to; i++)
        {
            if (_tokens[i].Kind == SqlTokenKind.Macro)
            {
                (string text, i) = ExpandMacro(i);
                output.Append(text);
            }
            else if (_tokens[i].Kind == SqlTokenKind.Comment)
            {
                output.Append(' ');
            }
            else
            {
                i = AppendPlain(output, i, isMapped: false);
            }
        }

        string operand = output.ToString().Trim();
        return SqlLexer.Read(operand).All(t => t.Kind is not (SqlTokenKind.Space or SqlTokenKind.Symbol) || t.Is("."))
            ? operand : $"({operand})";
    }

    private string Raw(int from, int to) => string.Concat(_tokens[from..(to + 1)].Select(t => t.Value));

    private static string Names() =>
        string.Join(", ", MacroCatalogue.All.Keys.Order(StringComparer.Ordinal).Select(n => "@" + n));

    private void Report(string code, int token, string message, string? hint) =>
        _diagnostics.Add(new(code, Severity.Error, _map.LocateOriginal(_tokens[token].Start), message, hint));

    private sealed record MacroCall(
        MacroDefinition Macro, int At, int Last, ImmutableArray<(int From, int To)> Ranges);
}

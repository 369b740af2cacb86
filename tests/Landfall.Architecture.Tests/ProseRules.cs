using System.Text.RegularExpressions;

namespace Landfall.Architecture.Tests;

/// <summary>How comments and messages are written: each rule takes a file and names what breaks it.</summary>
internal static partial class ProseRules
{
    /// <summary>
    /// Columns that must be free beside the next word before a line counts as broken too early: some lines end sooner
    /// because their next word is a long name.
    /// </summary>
    private const int Slack = 10;

    /// <summary>Width of a line of a message so short that only a leftover of an older width explains it.</summary>
    private const int ShortLine = 60;

    /// <summary>Words that are gone, by what stands in their place (ADR 0014).</summary>
    public static IReadOnlyDictionary<string, Regex> GoneWords { get; } = new Dictionary<string, Regex>
    {
        ["hyperparameter"] = Knob(),
        ["checksum"] = Seal(),
        ["make durable"] = Settle(),
        ["quarantine"] = SetAside(),
        ["compaction"] = Upkeep(),
        ["by what it is: writer, report, state"] = VoiceAndVerdict(),
        ["WriteInfo, WriteText"] = SayAndTell(),
        ["query, BuildDefinition"] = ModelOfSql(),
        ["promotion criteria"] = ModelGate(),
    };

    /// <summary>Lines that hold a word that is gone.</summary>
    public static IEnumerable<string> GoneWord(SourceFile file) =>
        from line in Numbered(file)
        from word in GoneWords
        where word.Value.IsMatch(line.Text)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()} ({word.Key})";

    /// <summary>Lines of documentation that end inside a sentence though the next word had room.</summary>
    public static IEnumerable<string> BrokenComment(SourceFile file)
    {
        bool inCode = false;
        string[] lines = file.Lines;
        for (int i = 0; i + 1 < lines.Length; i++)
        {
            string line = lines[i];
            inCode = (inCode || line.Contains("<code>", StringComparison.Ordinal))
                && !line.Contains("</code>", StringComparison.Ordinal);
            if (!inCode && EndsInside().IsMatch(line) && GoesOn().Match(lines[i + 1]) is { Success: true } next
                && line.TrimEnd().Length + 1 + next.Groups[1].Length + Slack <= TidyRules.MaximumLineLength)
            {
                yield return $"{file.Path}:{i + 1}: {line.Trim()}";
            }
        }
    }

    /// <summary>
    /// Lines of messages put together with + that are short, though they neither begin nor end a sentence. SQL breaks
    /// where its clauses do.
    /// </summary>
    public static IEnumerable<string> BrokenMessage(SourceFile file) => Numbered(file)
        .Zip(file.Lines.Skip(1))
        .Where(l => l.First.Text.Length <= ShortLine && Added().IsMatch(l.Second))
        .Where(l => Added().Match(l.First.Text) is { Success: true } m && IsLeftover(m.Groups[1].Value))
        .Select(l => $"{file.Path}:{l.First.Number}: {l.First.Text.Trim()}");

    private static bool IsLeftover(string text) =>
        !Clause().IsMatch(text) && (InsideSentence().IsMatch(text) || EndOfSentence().IsMatch(text));

    private static IEnumerable<(string Text, int Number)> Numbered(SourceFile file) =>
        file.Lines.Select((line, i) => (line, i + 1));

    /// <summary>A line of documentation whose text ends with no punctuation, tag or table.</summary>
    [GeneratedRegex(@"^\s*/// .*[^.:?!;>|\s]\s*$")]
    private static partial Regex EndsInside();

    /// <summary>A line of documentation that goes on with text; its first word.</summary>
    [GeneratedRegex(@"^\s*/// ((?:\w|\(|'|<see |<c>|<paramref )\S*)")]
    private static partial Regex GoesOn();

    /// <summary>A literal that is added to what stands above.</summary>
    [GeneratedRegex(@"^\s*\+ \$?""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Added();

    [GeneratedRegex(@"[a-z] $")]
    private static partial Regex InsideSentence();

    [GeneratedRegex(@"^[a-z].*[.;] $")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"\b(from|where|select|by|as|on|all|and|or|join|then|else|values|null) $")]
    private static partial Regex Clause();

    [GeneratedRegex(@"\bknobs?\b|Knob", RegexOptions.IgnoreCase)]
    private static partial Regex Knob();

    [GeneratedRegex(@"\bseals?\b|\bsealing\b|[a-z]Seal\b|\bSeal[A-Z]")]
    private static partial Regex Seal();

    [GeneratedRegex(@"\bsettle[ds]?\b|Settle[d(A]", RegexOptions.IgnoreCase)]
    private static partial Regex Settle();

    [GeneratedRegex(@"\bset(s|ting)? aside\b|SetAside|SetBadAside", RegexOptions.IgnoreCase)]
    private static partial Regex SetAside();

    [GeneratedRegex(@"upkeep", RegexOptions.IgnoreCase)]
    private static partial Regex Upkeep();

    [GeneratedRegex(@"[a-z]Voice\b|\bvoice\b|Verdict|\blastWord\b")]
    private static partial Regex VoiceAndVerdict();

    [GeneratedRegex(@"[oO]utput\.(Say|Tell)\b")]
    private static partial Regex SayAndTell();

    [GeneratedRegex(@"\b(ProductModel|SqlModel|ModelCompiler)\b|compile MODEL")]
    private static partial Regex ModelOfSql();

    [GeneratedRegex(@"\b(ModelGate|GateDecision|the gate (said|refused|lets?))\b")]
    private static partial Regex ModelGate();
}

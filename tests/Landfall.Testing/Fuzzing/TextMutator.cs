using System.Text;
using System.Text.RegularExpressions;

namespace Landfall.Testing.Fuzzing;

/// <summary>Changes a text as people and merges do: words, lines and indents, and bytes besides.</summary>
/// <param name="random">Decides.</param>
/// <param name="words">Words that mean something to the reader of the text; some are put in.</param>
public sealed partial class TextMutator(Random random, params string[] words)
{
    private readonly ByteMutator _bytes = new(random, [.. words.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>A text like this one, as bytes, which need not be UTF-8 any more.</summary>
    public byte[] Mutate(string text)
    {
        for (int changes = random.Next(3); changes > 0; changes--)
        {
            text = random.Next(2) == 0 ? ChangeWord(text) : ChangeLine(text);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(3) == 0 ? _bytes.Mutate(bytes) : bytes;
    }

    private string ChangeWord(string text)
    {
        MatchCollection found = Words().Matches(text);
        if (found.Count == 0)
        {
            return text;
        }

        Match word = found[random.Next(found.Count)];
        string other = random.Next(2) == 0
            ? words[random.Next(words.Length)]
            : random.Next(4) == 0 ? "" : found[random.Next(found.Count)].Value;
        return text.Remove(word.Index, word.Length).Insert(word.Index, other);
    }

    private string ChangeLine(string text)
    {
        List<string> lines = [.. text.Split('\n')];
        int at = random.Next(lines.Count);
        string line = lines[at];
        switch (random.Next(5))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count + 1), line);
                break;
            case 2:
                lines[at] = "  " + line;
                break;
            case 3:
                lines[at] = line.StartsWith("  ", StringComparison.Ordinal) ? line[2..] : line;
                break;
            default:
                int other = random.Next(lines.Count);
                (lines[at], lines[other]) = (lines[other], line);
                break;
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"[\w.@\-]+|[^\w\s]")]
    private static partial Regex Words();
}

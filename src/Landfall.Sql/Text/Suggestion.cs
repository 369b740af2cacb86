namespace Landfall.Sql.Text;

/// <summary>Did-you-mean: the known word nearest to a misspelt one.</summary>
internal static class Suggestion
{
    /// <summary>The nearest candidate within a third of the word's length (at least 2 edits), or null.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        int limit = Math.Max(2, word.Length / 3);
        return candidates
            .Select(c => (Word: c, Distance: Distance(word.ToLowerInvariant(), c.ToLowerInvariant())))
            .Where(c => c.Distance <= limit && c.Distance < word.Length)
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    /// <summary>A hint sentence, or null when nothing is near.</summary>
    public static string? Hint(string word, IEnumerable<string> candidates) =>
        Find(word, candidates) is { } found ? $"Did you mean {found}?" : null;

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int swap = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = swap;
            }
        }

        return row[b.Length];
    }
}

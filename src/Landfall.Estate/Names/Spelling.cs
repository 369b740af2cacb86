namespace Landfall.Estate.Names;

/// <summary>Finds what somebody probably meant.</summary>
public static class Spelling
{
    private const int ListedMax = 12;

    /// <summary>
    /// The candidate nearest to a text by edit distance (without case; a swap of neighbours counts once); null when
    /// none is within a third of the text's length, at least one edit.
    /// </summary>
    public static string? Closest(string text, IEnumerable<string> candidates)
    {
        int limit = Math.Max(1, text.Length / 3);
        string? best = null;
        int bestDistance = limit + 1;
        foreach (string candidate in candidates.Order(StringComparer.Ordinal))
        {
            if (Math.Abs(candidate.Length - text.Length) >= bestDistance)
            {
                continue;
            }

            int distance = Distance(text.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>
    /// A hint that names the closest candidate, or lists the candidates when they are few; else null.
    /// </summary>
    public static string? Hint(string text, IEnumerable<string> candidates)
    {
        string[] known = [.. candidates.Distinct().Order(StringComparer.Ordinal)];
        return Closest(text, known) is { } close ? $"Did you mean '{close}'?"
            : known.Length is > 0 and <= ListedMax ? $"Known: {string.Join(", ", known)}."
            : null;
    }

    /// <summary>Optimal string alignment distance.</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}

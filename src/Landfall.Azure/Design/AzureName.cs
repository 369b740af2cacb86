namespace Landfall.Azure.Design;

/// <summary>
/// Makes names of the parts that tell a resource from others, within the length that its type allows.
/// </summary>
internal static class AzureName
{
    /// <summary>
    /// <c>head-words-tail</c>. Words that are too long are cut; where the tail does not tell two of them apart, the end
    /// of the cut ones is a hash.
    /// </summary>
    /// <param name="most">Characters that the type allows.</param>
    /// <param name="head">What begins the name: the kind of the resource.</param>
    /// <param name="words">The part that may be cut.</param>
    /// <param name="tail">What ends the name.</param>
    /// <param name="isTold">Whether the tail tells words apart.</param>
    public static string Of(int most, string head, string words, string tail, bool isTold = false)
    {
        int room = most - head.Length - tail.Length - 2;
        return $"{head}-{Cut(words, room, "-", isTold)}-{tail}";
    }

    /// <summary>The same of letters and digits only, without separators.</summary>
    public static string Compact(int most, string head, string words, string tail, bool isTold = false)
    {
        string letters = words.Replace("-", "", StringComparison.Ordinal);
        // Without their hyphens two ids may be one.
        string told = isTold || letters == words ? letters : letters + Suffix.Of(words)[..2];
        return head + Cut(told, most - head.Length - tail.Length, "", isTold) + tail;
    }

    private static string Cut(string words, int room, string separator, bool isTold)
    {
        const int Hash = 4;
        return words.Length <= room ? words
            : isTold ? words[..room].TrimEnd('-')
            : words[..(room - Hash - separator.Length)].TrimEnd('-') + separator + Suffix.Of(words)[..Hash];
    }
}

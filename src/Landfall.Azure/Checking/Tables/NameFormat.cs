using System.Text.RegularExpressions;

namespace Landfall.Azure.Checking.Tables;

/// <summary>A format of names.</summary>
/// <param name="pattern">A regular expression.</param>
/// <param name="words">The same for people.</param>
internal sealed class NameFormat(string pattern, string words)
{
    private readonly Regex _pattern = new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The format for people.</summary>
    public string Words => words;

    /// <summary>Whether a name has the format.</summary>
    public bool Allows(string name) => _pattern.IsMatch(name);
}

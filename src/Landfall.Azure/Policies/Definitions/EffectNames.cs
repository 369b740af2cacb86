namespace Landfall.Azure.Policies.Definitions;

/// <summary>The words for effects, whatever their case.</summary>
internal static class EffectNames
{
    /// <summary>All words.</summary>
    public static IEnumerable<string> All { get; } = [.. Enum.GetValues<PolicyEffect>().Select(Of)];

    /// <summary>The effect of a word.</summary>
    public static bool TryFind(string word, out PolicyEffect effect) =>
        Enum.TryParse(word, ignoreCase: true, out effect) && word.All(char.IsAsciiLetter);

    /// <summary>The word of an effect, for example <c>deployIfNotExists</c>.</summary>
    public static string Of(PolicyEffect effect)
    {
        string name = effect.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

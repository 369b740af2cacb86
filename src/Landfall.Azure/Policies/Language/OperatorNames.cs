using System.Collections.Frozen;

namespace Landfall.Azure.Policies.Language;

/// <summary>The words for operators, whatever their case.</summary>
internal static class OperatorNames
{
    private static readonly FrozenDictionary<string, ConditionOperator> ByName = Enum.GetValues<ConditionOperator>()
        .ToFrozenDictionary(o => char.ToLowerInvariant(o.ToString()[0]) + o.ToString()[1..],
            StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<ConditionOperator, string> Names =
        ByName.ToFrozenDictionary(p => p.Value, p => p.Key);

    /// <summary>All words.</summary>
    public static IEnumerable<string> All => ByName.Keys;

    /// <summary>The operator of a word.</summary>
    public static bool TryFind(string word, out ConditionOperator how) => ByName.TryGetValue(word, out how);

    /// <summary>The word of an operator.</summary>
    public static string Of(ConditionOperator how) => Names[how];
}

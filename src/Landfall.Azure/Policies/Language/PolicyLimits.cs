using System.Text;

namespace Landfall.Azure.Policies.Language;

/// <summary>
/// How large what functions make may be. Source: Azure Policy definition structure, policy rule, section Policy rule
/// limits.
/// </summary>
internal static class PolicyLimits
{
    /// <summary>Characters of a text.</summary>
    public const int LongestText = 131_072;

    /// <summary>Arguments of a function.</summary>
    public const int Arguments = 128;

    /// <summary>How often counts of values are gone through, one in another.</summary>
    public const int Passes = 100;

    /// <summary>Counts of values in a rule.</summary>
    public const int ValueCounts = 10;

    /// <summary>Counts of one list of the resource in a rule.</summary>
    public const int FieldCounts = 5;

    private const int Nodes = 32_768;

    /// <summary>Builds a text; one that is too long is out of its range.</summary>
    public static StringBuilder Builder() => new(0, LongestText);

    /// <summary>That a text is too long.</summary>
    public static PolicyFailure TooLong() => new($"its text is longer than {LongestText} characters");

    /// <summary>A result that is not too large.</summary>
    public static PolicyValue Checked(PolicyValue value)
    {
        int left = Nodes;
        return value is PolicyValue.Text { Value.Length: > LongestText } ? throw TooLong()
            : Fits(value, ref left) ? value
            : throw new PolicyFailure($"its result has more than {Nodes} values");
    }

    private static bool Fits(PolicyValue value, ref int left)
    {
        if (--left < 0)
        {
            return false;
        }

        IEnumerable<PolicyValue> parts = value switch
        {
            PolicyValue.List list => list.Items,
            PolicyValue.Map map => map.Members.Values,
            _ => [],
        };
        foreach (PolicyValue part in parts)
        {
            if (!Fits(part, ref left))
            {
                return false;
            }
        }

        return true;
    }
}

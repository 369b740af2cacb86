namespace Landfall.Azure.Policies.Language;

/// <summary>Puts truths together.</summary>
internal static class TruthTable
{
    /// <summary>A truth of two values.</summary>
    public static Truth Of(bool holds) => holds ? Truth.True : Truth.False;

    /// <summary>The opposite; of unknown, unknown.</summary>
    public static Truth Not(this Truth truth) => (Truth)(Truth.True - truth);

    /// <summary>Whether all hold: false where one does not, whatever is unknown.</summary>
    public static Truth All(IEnumerable<Truth> truths)
    {
        Truth all = Truth.True;
        foreach (Truth truth in truths)
        {
            if (truth == Truth.False)
            {
                return truth;
            }

            all = truth < all ? truth : all;
        }

        return all;
    }

    /// <summary>Whether any holds: true where one does, whatever is unknown.</summary>
    public static Truth Any(IEnumerable<Truth> truths) => All(truths.Select(Not)).Not();
}

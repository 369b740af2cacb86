using System.Collections.Immutable;

namespace Landfall.Serving.Publishing;

/// <summary>What a publication has to do.</summary>
/// <param name="Rebuilds">Why the schema is made anew beside the old one; empty where it stays.</param>
/// <param name="Tables">All tables of the unit.</param>
/// <param name="RewritesTexts">Whether comments are written anew.</param>
internal sealed record PublicationPlan(
    string Rebuilds, ImmutableArray<TablePublication> Tables, bool RewritesTexts)
{
    /// <summary>Whether rows or the schema change.</summary>
    public bool IsChange => Rebuilds.Length > 0 || Tables.Any(t => t.IsChange);

    /// <summary>Why, as a phrase.</summary>
    public string Reason => Rebuilds.Length > 0
        ? Rebuilds
        : string.Join("; ", Tables.Where(t => t.IsChange).Select(t => t.Reason));
}

using System.Collections.Immutable;

namespace Landfall.Engine.Spark.Enriching.Columnar;

/// <summary>Fields of rows of which some have the contract's type already.</summary>
/// <param name="Sql">
/// A select of <c>t0</c>, <c>t1</c>… and what else <see cref="Texts.JsonMembers.Fields"/> gives, but for
/// <c>_kept</c>.
/// </param>
/// <param name="AreTyped">Which of the fields are no texts but values.</param>
/// <param name="Record">An expression over the select: what is kept of a record.</param>
internal sealed record TypedFields(string Sql, ImmutableArray<bool> AreTyped, string Record);

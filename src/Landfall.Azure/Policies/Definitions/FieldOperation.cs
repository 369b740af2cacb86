using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A change of a field.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Field">The field's name or alias.</param>
/// <param name="Value">The value; null for a removal.</param>
/// <param name="Condition">Whether it applies, as an expression; null for always.</param>
internal sealed record FieldOperation(
    FieldChange Kind, PolicyExpression Field, PolicyExpression? Value, PolicyExpression? Condition);

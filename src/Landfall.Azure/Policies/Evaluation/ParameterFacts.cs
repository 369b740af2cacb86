using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>Knows the values of parameters and no resource.</summary>
/// <param name="arguments">Values by name.</param>
internal sealed class ParameterFacts(ImmutableDictionary<string, PolicyValue> arguments) : IPolicyFacts
{
    /// <inheritdoc/>
    public DateTimeOffset? Now => NoFacts.Only.Now;

    /// <inheritdoc/>
    public int Passes => 1;

    /// <inheritdoc/>
    public PolicyValue Parameter(string name) => arguments.GetValueOrDefault(name)
        ?? new PolicyValue.Unknown($"there is no parameter {name}", IsFailure: true);

    /// <inheritdoc/>
    public FieldValues Field(string name) => NoFacts.Only.Field(name);

    /// <inheritdoc/>
    public FieldValues FieldOfSubject(string name) => NoFacts.Only.Field(name);

    /// <inheritdoc/>
    public bool IsHidden(string name) => false;

    /// <inheritdoc/>
    public PolicyValue Current(string? name) => NoFacts.Only.Current(name);

    /// <inheritdoc/>
    public PolicyValue Surroundings(string function) => NoFacts.Only.Surroundings(function);

    /// <inheritdoc/>
    public IPolicyFacts At(string name, PolicyValue member, int passes) => this;
}

namespace Landfall.Azure.Policies.Language;

/// <summary>Knows no resource: for expressions that stand outside of a rule.</summary>
internal sealed class NoFacts : IPolicyFacts
{
    private static readonly PolicyValue.Unknown Nothing = new("only a resource tells it");

    /// <summary>The only one.</summary>
    public static NoFacts Only { get; } = new();

    /// <inheritdoc/>
    public DateTimeOffset? Now => null;

    /// <inheritdoc/>
    public int Passes => 1;

    /// <inheritdoc/>
    public PolicyValue Parameter(string name) => Nothing;

    /// <inheritdoc/>
    public FieldValues Field(string name) => FieldValues.One(Nothing);

    /// <inheritdoc/>
    public FieldValues FieldOfSubject(string name) => FieldValues.One(Nothing);

    /// <inheritdoc/>
    public bool IsHidden(string name) => false;

    /// <inheritdoc/>
    public PolicyValue Current(string? name) => Nothing;

    /// <inheritdoc/>
    public PolicyValue Surroundings(string function) => Nothing;

    /// <inheritdoc/>
    public IPolicyFacts At(string name, PolicyValue member, int passes) => this;
}

using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Language;

/// <summary>An expression of a policy's rule. Immutable.</summary>
internal abstract record PolicyExpression
{
    private PolicyExpression()
    {
    }

    /// <summary>Its value; unknown where one that it needs is, or where it cannot be evaluated.</summary>
    public abstract PolicyValue Evaluate(IPolicyFacts facts);

    /// <summary>The expressions in it.</summary>
    public virtual IEnumerable<PolicyExpression> Inner => [];

    /// <summary>The fields that it asks for by name, at any depth.</summary>
    public IEnumerable<string> Fields() => Inner.SelectMany(i => i.Fields())
        .Concat(this is Call { NamedArgument: { } name, IsField: true } ? [name] : []);

    /// <summary>A value as it is written.</summary>
    internal sealed record Literal(PolicyValue Value) : PolicyExpression
    {
        /// <inheritdoc/>
        public override PolicyValue Evaluate(IPolicyFacts facts) => Value;
    }

    /// <summary>A list whose items may be expressions.</summary>
    internal sealed record Items(ImmutableArray<PolicyExpression> Parts) : PolicyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<PolicyExpression> Inner => Parts;

        /// <inheritdoc/>
        public override PolicyValue Evaluate(IPolicyFacts facts) =>
            new PolicyValue.List([.. Parts.Select(p => p.Evaluate(facts))]);
    }

    /// <summary>An object whose values may be expressions.</summary>
    internal sealed record Members(ImmutableArray<KeyValuePair<string, PolicyExpression>> Parts) : PolicyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<PolicyExpression> Inner => Parts.Select(p => p.Value);

        /// <inheritdoc/>
        public override PolicyValue Evaluate(IPolicyFacts facts) => new PolicyValue.Map(PolicyValue.Map.Empty.SetItems(
            Parts.Select(p => KeyValuePair.Create(p.Key, p.Value.Evaluate(facts)))));
    }

    /// <summary>A call of a function.</summary>
    internal sealed record Call(string Name, PolicyFunction Function, ImmutableArray<PolicyExpression> Arguments)
        : PolicyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<PolicyExpression> Inner => Arguments;

        /// <summary>Whether it asks for a field.</summary>
        public bool IsField => Name.Equals("field", StringComparison.OrdinalIgnoreCase);

        /// <summary>Its only argument, where that is a text as it is written.</summary>
        public string? NamedArgument => Arguments is [Literal { Value: PolicyValue.Text text }] ? text.Value : null;

        /// <inheritdoc/>
        public override PolicyValue Evaluate(IPolicyFacts facts)
        {
            try
            {
                return PolicyLimits.Checked(Function.Apply(facts, Arguments));
            }
            catch (PolicyFailure failure)
            {
                return new PolicyValue.Unknown($"{Name}() fails: {failure.Message}", IsFailure: true);
            }
        }
    }

    /// <summary>A value of an object, or an item of a list.</summary>
    internal sealed record Member(PolicyExpression Target, PolicyExpression Key) : PolicyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<PolicyExpression> Inner => [Target, Key];

        /// <inheritdoc/>
        public override PolicyValue Evaluate(IPolicyFacts facts) =>
            (Target.Evaluate(facts), Key.Evaluate(facts)) switch
            {
                (PolicyValue.Unknown unknown, _) => unknown,
                (_, PolicyValue.Unknown unknown) => unknown,
                (PolicyValue.Map map, PolicyValue.Text key) =>
                    map.Members.GetValueOrDefault(key.Value, PolicyValue.None),
                (PolicyValue.List list, PolicyValue.Number at) when at.Value >= 0 && at.Value < list.Items.Length =>
                    list.Items[(int)at.Value],
                (PolicyValue.List list, _) => new PolicyValue.Unknown(
                    $"a list of {list.Items.Length} has no item {PolicyValueText.Show(Key.Evaluate(facts))}", true),
                (PolicyValue.Nothing, _) => PolicyValue.None,
                (_, PolicyValue key) => new PolicyValue.Unknown(
                    $"only objects and lists have a {PolicyValueText.Show(key)}", true),
            };
    }
}

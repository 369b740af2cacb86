using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Language;

/// <summary>A condition of a policy's rule. Immutable.</summary>
/// <param name="Path">Where it stands in its definition, for example <c>if.allOf[1]</c>.</param>
internal abstract record PolicyCondition(string Path)
{
    /// <summary>What it says, as people read it.</summary>
    public abstract string Text { get; }

    /// <summary>Whether it holds.</summary>
    public abstract Truth Evaluate(IPolicyFacts facts);

    /// <summary>Whether it holds, with what decided it.</summary>
    public abstract ConditionTrace Explain(IPolicyFacts facts);

    /// <summary>All of several conditions, or any of them.</summary>
    internal sealed record Group(string Path, bool IsAll, ImmutableArray<PolicyCondition> Parts) : PolicyCondition(Path)
    {
        /// <inheritdoc/>
        public override string Text => IsAll ? "all of" : "any of";

        /// <inheritdoc/>
        public override Truth Evaluate(IPolicyFacts facts) => Put(Parts.Select(p => p.Evaluate(facts)));

        /// <inheritdoc/>
        public override ConditionTrace Explain(IPolicyFacts facts)
        {
            ImmutableArray<ConditionTrace> parts = [.. Parts.Select(p => p.Explain(facts))];
            return new(Path, Text, Put(parts.Select(p => p.Result)), "", parts);
        }

        private Truth Put(IEnumerable<Truth> truths) => IsAll ? TruthTable.All(truths) : TruthTable.Any(truths);
    }

    /// <summary>The opposite of a condition.</summary>
    internal sealed record Not(string Path, PolicyCondition Part) : PolicyCondition(Path)
    {
        /// <inheritdoc/>
        public override string Text => "not";

        /// <inheritdoc/>
        public override Truth Evaluate(IPolicyFacts facts) => Part.Evaluate(facts).Not();

        /// <inheritdoc/>
        public override ConditionTrace Explain(IPolicyFacts facts)
        {
            ConditionTrace part = Part.Explain(facts);
            return new(Path, Text, part.Result.Not(), "", [part]);
        }
    }

    /// <summary>A condition that compares something with a target.</summary>
    internal abstract record Compared(string Path, ConditionOperator How, PolicyExpression Target)
        : PolicyCondition(Path)
    {
        private const string Hidden = "(hidden)";

        /// <summary>What is compared, as people read it.</summary>
        protected abstract string Subject { get; }

        /// <inheritdoc/>
        public override string Text => $"{Subject} {OperatorNames.Of(How)}";

        /// <inheritdoc/>
        public sealed override Truth Evaluate(IPolicyFacts facts) => Decide(facts, Target.Evaluate(facts)).Result;

        /// <inheritdoc/>
        public sealed override ConditionTrace Explain(IPolicyFacts facts)
        {
            PolicyValue target = Target.Evaluate(facts);
            (Truth result, string found) = Decide(facts, target);
            string told = Target.Fields().Any(facts.IsHidden) ? Hidden : PolicyValueText.Show(target);
            return new(
                Path, $"{Text} {told}", result, Subjects(facts).Any(facts.IsHidden) ? Hidden : found,
                Inside(facts, result));
        }

        /// <summary>The fields that are compared.</summary>
        protected abstract IEnumerable<string> Subjects(IPolicyFacts facts);

        /// <summary>The conditions in it that decided, where there are any.</summary>
        protected virtual ImmutableArray<ConditionTrace> Inside(IPolicyFacts facts, Truth result) => [];

        /// <summary>Whether it holds, and what was compared with the target.</summary>
        protected abstract (Truth Result, string Found) Decide(IPolicyFacts facts, PolicyValue target);
    }

    /// <summary>A field of the resource: the condition must hold for all of its values.</summary>
    internal sealed record Field(string Path, PolicyExpression Name, ConditionOperator How, PolicyExpression Target)
        : Compared(Path, How, Target)
    {
        /// <inheritdoc/>
        protected override string Subject =>
            Name is PolicyExpression.Literal { Value: PolicyValue.Text text } ? text.Value : "a computed field";

        /// <inheritdoc/>
        protected override IEnumerable<string> Subjects(IPolicyFacts facts) =>
            Name.Evaluate(facts) is PolicyValue.Text name ? [name.Value] : [];

        /// <inheritdoc/>
        protected override (Truth Result, string Found) Decide(IPolicyFacts facts, PolicyValue target)
        {
            PolicyValue name = Name.Evaluate(facts);
            if (name is not PolicyValue.Text field)
            {
                return (Truth.Unknown, PolicyValueText.Show(name));
            }

            FieldValues values = facts.Field(field.Value);
            PolicyValue wanted = IsLocation(field.Value) ? Plain(target) : target;
            Truth result = values.Undetermined is null
                ? TruthTable.All(values.Values.Select(v => Comparison.Of(How, v, wanted)))
                : Truth.Unknown;
            return (result, PolicyValueText.Show(values.Whole));
        }

        private static bool IsLocation(string field) => field.Equals("location", StringComparison.OrdinalIgnoreCase);

        private static PolicyValue Plain(PolicyValue value) => value switch
        {
            PolicyValue.Text text => new PolicyValue.Text(RegionName.WithoutBlanks(text.Value)),
            PolicyValue.List list => new PolicyValue.List([.. list.Items.Select(Plain)]),
            _ => value,
        };
    }

    /// <summary>A value that an expression computes.</summary>
    internal sealed record Value(
        string Path, string Written, PolicyExpression Expression, ConditionOperator How, PolicyExpression Target)
        : Compared(Path, How, Target)
    {
        /// <inheritdoc/>
        protected override string Subject => Written;

        /// <inheritdoc/>
        protected override IEnumerable<string> Subjects(IPolicyFacts facts) => Expression.Fields();

        /// <inheritdoc/>
        protected override (Truth Result, string Found) Decide(IPolicyFacts facts, PolicyValue target)
        {
            PolicyValue value = Expression.Evaluate(facts);
            // What an expression does not find is an empty text, as with the function field.
            PolicyValue compared = value is PolicyValue.Nothing && How != ConditionOperator.Exists
                ? new PolicyValue.Text("")
                : value;
            return (Comparison.Of(How, compared, target), PolicyValueText.Show(value));
        }
    }

    /// <summary>How many members of a list fulfil a condition.</summary>
    /// <param name="Path">Where it stands.</param>
    /// <param name="Alias">Alias of the members; null where an expression gives the list.</param>
    /// <param name="List">The list; null where an alias does.</param>
    /// <param name="Name">What <c>current</c> calls the member.</param>
    /// <param name="Where">What is counted; null for all.</param>
    /// <param name="How">How the count is compared.</param>
    /// <param name="Target">With what.</param>
    internal sealed record Count(
        string Path, string? Alias, PolicyExpression? List, string Name, PolicyCondition? Where, ConditionOperator How,
        PolicyExpression Target)
        : Compared(Path, How, Target)
    {
        private const int Shown = 3;

        /// <inheritdoc/>
        protected override string Subject =>
            $"count of {Alias ?? Name}{(Where is null ? "" : " that fulfil a condition")}";

        /// <inheritdoc/>
        protected override IEnumerable<string> Subjects(IPolicyFacts facts) =>
            Alias is not null ? [Alias] : List!.Fields();

        /// <inheritdoc/>
        protected override (Truth Result, string Found) Decide(IPolicyFacts facts, PolicyValue target)
        {
            FieldValues members = Members(facts);
            if (members.Undetermined is { } unknown)
            {
                return (Truth.Unknown, PolicyValueText.Show(unknown));
            }

            int passes = PassesOf(facts, members);
            if (Alias is null && passes > PolicyLimits.Passes)
            {
                return (Truth.Unknown, $"more than {PolicyLimits.Passes} values to go through");
            }

            List<PolicyValue> certain = [];
            int possible = 0;
            foreach (PolicyValue member in members.Values)
            {
                Truth truth = Where?.Evaluate(facts.At(Name, member, passes)) ?? Truth.True;
                possible += truth == Truth.Unknown ? 1 : 0;
                if (truth == Truth.True)
                {
                    certain.Add(member);
                }
            }

            // Unknown only where it matters how many of the possible ones there are.
            Truth[] results =
            [
                .. Enumerable.Range(certain.Count, possible + 1)
                    .Select(n => Comparison.Of(How, new PolicyValue.Number(n), target)).Distinct(),
            ];
            return (results is [var only] ? only : Truth.Unknown, Found(certain, possible));
        }

        /// <summary>Of a count that is not known, what is not known of its members.</summary>
        protected override ImmutableArray<ConditionTrace> Inside(IPolicyFacts facts, Truth result)
        {
            if (result != Truth.Unknown || Where is null)
            {
                return [];
            }

            FieldValues members = Members(facts);
            int passes = PassesOf(facts, members);
            return
            [
                .. members.Values.Select(m => Where.Explain(facts.At(Name, m, passes)))
                    .Where(t => t.Result == Truth.Unknown).Take(Shown),
            ];
        }

        /// <summary>How often the values of counts around it are gone through, the resource's own left out.</summary>
        private int PassesOf(IPolicyFacts facts, FieldValues members) =>
            facts.Passes * (Alias is null ? Math.Max(1, members.Values.Length) : 1);

        private static string Found(List<PolicyValue> certain, int possible)
        {
            string amount = possible == 0 ? $"{certain.Count}" : $"{certain.Count} to {certain.Count + possible}";
            string members = string.Join(", ", certain.Take(Shown).Select(PolicyValueText.Show));
            return certain.Count == 0 ? amount : $"{amount}: {members}{(certain.Count > Shown ? ", …" : "")}";
        }

        private FieldValues Members(IPolicyFacts facts) => Alias is not null
            ? facts.Field(Alias)
            : List!.Evaluate(facts) switch
            {
                PolicyValue.List list => new(list.Items, IsCollection: true),
                PolicyValue.Unknown unknown => new([], IsCollection: true, unknown),
                PolicyValue.Nothing or PolicyValue.Text { Value: "" } => new([], IsCollection: true),
                _ => new([], IsCollection: true, new("what is counted is no list", IsFailure: true)),
            };
    }
}

using System.Collections.Immutable;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Reads definitions, sets, assignments and exemptions; reports what is wrong with them.</summary>
internal static class PolicyReader
{
    private static readonly string[] Modes = ["all", "indexed"];

    /// <summary>A definition; null after a report.</summary>
    /// <param name="head">Its place, name and id.</param>
    /// <param name="properties">Its mode and parameters.</param>
    /// <param name="rule">Its rule.</param>
    public static PolicyDefinition? Definition(PolicyHead head, PolicyProperties properties, PolicyJson rule)
    {
        string mode = (properties.Mode.Text() ?? "indexed").ToLowerInvariant();
        ImmutableArray<PolicyParameter> parameters = ParameterReader.Declared(properties.Parameters);
        RuleReader reader = new([.. parameters.Select(p => p.Name)], rule.Path);
        EffectReader effects = new(reader);
        PolicyJson then = rule.At("then");
        if (!Modes.Contains(mode))
        {
            if (!mode.StartsWith("microsoft.", StringComparison.Ordinal))
            {
                properties.Mode.UnknownWord(PolicyCodes.Shape, mode, "mode", Modes);
            }

            return new()
            {
                Head = head, Mode = mode, Parameters = parameters, If = null, Details = EffectDetails.None,
                Effect = new PolicyExpression.Literal(new PolicyValue.Text("disabled")), Fields = [],
            };
        }

        if (!rule.At("if").IsThere || !then.IsThere)
        {
            rule.Missing(then.IsThere ? "if" : "then");
            return null;
        }

        PolicyCondition? condition = reader.Condition(rule.At("if"));
        PolicyExpression? effect = effects.Effect(then.At("effect"), parameters);
        EffectDetails details = effects.Details(then.At("details"));
        if (condition is null || effect is null)
        {
            return null;
        }

        if (effect is PolicyExpression.Literal { Value: PolicyValue.Text word }
            && EffectNames.TryFind(word.Value, out PolicyEffect literal) && Lacks(literal, details) is { } lacking)
        {
            then.Error(PolicyCodes.Effect, $"The effect {word.Value} needs {lacking}.");
        }

        return new()
        {
            Head = head, Mode = mode, Parameters = parameters, If = condition, Effect = effect, Details = details,
            Fields = reader.Fields,
        };
    }

    /// <summary>A set.</summary>
    public static PolicySet Set(PolicyHead head, PolicyProperties properties, PolicyJson members)
    {
        ImmutableArray<PolicyParameter> parameters = ParameterReader.Declared(properties.Parameters);
        RuleReader reader = new([.. parameters.Select(p => p.Name)], members.Path);
        return new(head, parameters, [.. members.Items().Select(m => Member(m, reader)).OfType<PolicySetMember>()]);
    }

    /// <summary>An assignment; null after a report.</summary>
    /// <param name="head">Its place, name and id.</param>
    /// <param name="json">Its properties.</param>
    /// <param name="identity">Its identity, which stands beside them.</param>
    public static PolicyAssignment? Assignment(PolicyHead head, PolicyJson json, PolicyJson identity)
    {
        if (json.At("policyDefinitionId").Text() is not { } definition)
        {
            json.Missing("policyDefinitionId");
            return null;
        }

        string mode = json.At("enforcementMode").Text() ?? "Default";
        string[] modes = ["Default", "DoNotEnforce", "Enroll"];
        if (!modes.Contains(mode, StringComparer.OrdinalIgnoreCase))
        {
            json.At("enforcementMode").UnknownWord(PolicyCodes.Shape, mode, "enforcementMode", modes);
        }

        return new()
        {
            Head = head,
            DefinitionId = definition,
            Arguments = ParameterReader.Given(json.At("parameters"), rule: null),
            NotScopes = [.. json.At("notScopes").Texts()],
            IsEnforced = !mode.Equals("DoNotEnforce", StringComparison.OrdinalIgnoreCase),
            Selectors = Selectors(json.At("resourceSelectors")),
            Overrides = [.. json.At("overrides").Items().Select(Override).OfType<EffectOverride>()],
            Messages = Messages(json.At("nonComplianceMessages")),
            HasIdentity = identity.IsThere,
        };
    }

    /// <summary>An exemption; null after a report.</summary>
    public static PolicyExemption? Exemption(PolicyHead head, PolicyJson json)
    {
        if (json.At("policyAssignmentId").Text() is not { } assignment)
        {
            json.Missing("policyAssignmentId");
            return null;
        }

        string category = json.At("exemptionCategory").Text() ?? "";
        string[] categories = ["Waiver", "Mitigated"];
        if (!categories.Contains(category, StringComparer.OrdinalIgnoreCase))
        {
            json.At("exemptionCategory").UnknownWord(PolicyCodes.Shape, category, "exemptionCategory", categories);
        }

        DateTimeOffset? ends = null;
        if (json.At("expiresOn").Text() is { } date)
        {
            ends = Comparison.Date(date);
            if (ends is null)
            {
                json.At("expiresOn").Error(
                    PolicyCodes.Exemption, $"{date} is no date.", "Write it as 2027-06-30T00:00:00Z.");
            }
        }

        return new()
        {
            Head = head,
            AssignmentId = assignment,
            References = [.. json.At("policyDefinitionReferenceIds").Texts()],
            Category = category,
            Reason = json.At("description").Text() ?? "",
            Ends = ends,
            HasEnd = json.At("expiresOn").IsThere,
            Selectors = Selectors(json.At("resourceSelectors")),
        };
    }

    /// <summary>What an effect needs and does not have; null where it has it.</summary>
    private static string? Lacks(PolicyEffect effect, EffectDetails details) => effect switch
    {
        PolicyEffect.Append or PolicyEffect.Modify when details.Operations.IsEmpty => "details of what it changes",
        PolicyEffect.AuditIfNotExists or PolicyEffect.DeployIfNotExists when details.Related is null =>
            "details with the type of the related resource",
        _ => null,
    };

    private static PolicySetMember? Member(PolicyJson json, RuleReader reader)
    {
        if (json.At("policyDefinitionId").Text() is not { } definition)
        {
            json.Missing("policyDefinitionId");
            return null;
        }

        string reference =
            json.At("policyDefinitionReferenceId").Text() ?? definition[(definition.LastIndexOf('/') + 1)..];
        return new(reference, definition, ParameterReader.Given(json.At("parameters"), reader), json.Path);
    }

    private static ImmutableArray<PolicySelector> Selectors(PolicyJson json) =>
        [.. json.Items().Select(i => Selector(i.At("selectors")))];

    private static PolicySelector Selector(PolicyJson json) =>
        new([.. json.Items().Select(Part).OfType<PolicySelector.Part>()]);

    private static PolicySelector.Part? Part(PolicyJson json)
    {
        string[] kinds =
            ["resourceLocation", "resourceType", "resourceWithoutLocation", "policyDefinitionReferenceId"];
        string kind = json.At("kind").Text() ?? "";
        if (!kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            json.At("kind").UnknownWord(PolicyCodes.Shape, kind, "kind of selectors", kinds);
            return null;
        }

        bool isNegative = json.At("notIn").IsThere;
        return new(kind, [.. json.At(isNegative ? "notIn" : "in").Texts()], isNegative);
    }

    /// <summary>An override; null where it is of the version, of which a file has only one.</summary>
    private static EffectOverride? Override(PolicyJson json)
    {
        if (string.Equals(json.At("kind").Text(), "definitionVersion", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string word = json.At("value").Text() ?? "";
        if (!EffectNames.TryFind(word, out PolicyEffect effect))
        {
            json.At("value").UnknownWord(PolicyCodes.Effect, word, "effect", EffectNames.All);
            return null;
        }

        return new(effect, Selector(json.At("selectors")));
    }

    private static ImmutableDictionary<string, string> Messages(PolicyJson json) => json.Items()
        .Select(m => (Reference: m.At("policyDefinitionReferenceId").Text() ?? "", Message: m.At("message").Text()))
        .Where(m => m.Message is not null)
        .GroupBy(m => m.Reference, StringComparer.OrdinalIgnoreCase)
        .ToImmutableDictionary(g => g.Key, g => g.First().Message!, StringComparer.OrdinalIgnoreCase);
}

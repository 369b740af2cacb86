using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Policies;

/// <summary>What policies mean for resources: effects, scopes, sets and exemptions.</summary>
public sealed class EvaluatorTests
{
    private const string Any = """{"field": "type", "equals": "Microsoft.Storage/storageAccounts"}""";
    private const string Tls = "Microsoft.Storage/storageAccounts/minimumTlsVersion";
    private const string IpRules = "Microsoft.Storage/storageAccounts/networkAcls.ipRules";
    private const string Sets = "/providers/Microsoft.Authorization/policySetDefinitions/";
    private const string Later = "[reference('x').y]";

    private static SnapshotResource Account { get; } = PolicyTrial.Account();

    [Theory]
    [InlineData("deny", PolicyOutcome.Denied)]
    [InlineData("Deny", PolicyOutcome.Denied)]
    [InlineData("audit", PolicyOutcome.Audited)]
    [InlineData("disabled", PolicyOutcome.NotApplicable)]
    [InlineData("denyAction", PolicyOutcome.Guarded)]
    [InlineData("auditAction", PolicyOutcome.Audited)]
    [InlineData("manual", PolicyOutcome.Manual)]
    public void Explain_EffectOfAHit_IsItsOutcome(string effect, PolicyOutcome outcome) =>
        Assert.Equal(outcome, new PolicyTrial().Define("p", Any, effect).Result(Account).Outcome);

    [Theory]
    [InlineData("""{"field": "name", "equals": "b"}""", PolicyOutcome.Compliant)]
    [InlineData("""{"field": "tags.later", "equals": "b"}""", PolicyOutcome.Unknown)]
    [InlineData("""{"value": "[substring(field('name'), 0, 9)]", "equals": "b"}""", PolicyOutcome.Unknown)]
    public void Explain_DenyThatDoesNotHold_RefusesNothing(string condition, PolicyOutcome outcome) => Assert.Equal(
        outcome,
        new PolicyTrial().Define("p", condition, "deny")
            .Result(PolicyTrial.Account($$""" "tags": {"later": "{{Later}}"} """)).Outcome);

    [Theory]
    [InlineData("", PolicyOutcome.Altered)]
    [InlineData(""" "properties": {"minimumTlsVersion": null} """, PolicyOutcome.Altered)]
    [InlineData(""" "properties": {"minimumTlsVersion": "TLS1_2"} """, PolicyOutcome.Compliant)]
    [InlineData(""" "properties": {"minimumTlsVersion": "tls1_2"} """, PolicyOutcome.Compliant)]
    [InlineData(""" "properties": {"minimumTlsVersion": "TLS1_0"} """, PolicyOutcome.Denied)]
    [InlineData($$""" "properties": {"minimumTlsVersion": "{{Later}}"} """, PolicyOutcome.Unknown)]
    [InlineData($$""" "properties": "{{Later}}" """, PolicyOutcome.Unknown)]
    public void Append_OfAField_AddsItOrRefusesAnother(string rest, PolicyOutcome outcome) => Assert.Equal(
        outcome,
        new PolicyTrial().Define("p", Any, Append(Tls, "\"TLS1_2\"")).Result(PolicyTrial.Account(rest)).Outcome);

    [Theory]
    [InlineData("", PolicyOutcome.Altered)]
    [InlineData(""" "properties": {"networkAcls": {"ipRules": [{"value": "10.0.0.2"}]}} """, PolicyOutcome.Altered)]
    [InlineData(""" "properties": {"networkAcls": {"ipRules": [{"value": "10.0.0.1"}]}} """, PolicyOutcome.Compliant)]
    [InlineData($$""" "properties": {"networkAcls": {"ipRules": "{{Later}}"} } """, PolicyOutcome.Unknown)]
    public void Append_ToMembers_AddsAnItem(string rest, PolicyOutcome outcome) => Assert.Equal(
        outcome,
        new PolicyTrial().Define("p", Any, Append(IpRules + "[*]", """{"value": "10.0.0.1"}"""))
            .Result(PolicyTrial.Account(rest)).Outcome);

    [Fact]
    public void Append_ToMembers_KeepsTheOthers() => Assert.Equal(
        ["add Altered", "count Audited"],
        new PolicyTrial()
            .Define("count", $$"""{"count": {"field": "{{IpRules}}[*]"}, "equals": 2}""")
            .Define("add", Any, Append(IpRules + "[*]", """{"value": "10.0.0.1"}"""))
            .Outcomes(PolicyTrial.Account(
                """ "properties": {"networkAcls": {"ipRules": [{"value": "10.0.0.2"}]}} """)));

    [Theory]
    [InlineData("add", "", "TLS1_2")]
    [InlineData("add", "TLS1_0", null)]
    [InlineData("add", "TLS1_2", null)]
    [InlineData("addOrReplace", "", "TLS1_2")]
    [InlineData("addOrReplace", "TLS1_0", "TLS1_2")]
    [InlineData("addOrReplace", "TLS1_2", null)]
    [InlineData("addOrReplace", Later, "TLS1_2")]
    [InlineData("remove", "TLS1_0", "")]
    [InlineData("remove", Later, "")]
    [InlineData("remove", "", null)]
    public void Modify_OfAField_ChangesIt(string operation, string before, string? after)
    {
        string rest = before.Length == 0 ? "" : $$""" "properties": {"minimumTlsVersion": "{{before}}"} """;
        string changed = after is null or { Length: > 0 }
            ? $$"""{"field": "{{Tls}}", "equals": "{{after}}"}"""
            : $$"""{"field": "{{Tls}}", "exists": false}""";
        string[] outcomes = new PolicyTrial()
            .Define(
                "change", Any,
                Modify($$""" "operation": "{{operation}}", "field": "{{Tls}}", "value": "TLS1_2" """))
            .Define("see", changed).Outcomes(PolicyTrial.Account(rest));

        Assert.Equal(after is null ? "change Compliant" : "change Altered", outcomes[0]);
        Assert.Equal(after is null ? "see Compliant" : "see Audited", outcomes[1]);
    }

    [Theory]
    [InlineData("add", "tags['env']", "")]
    [InlineData("addOrReplace", "tags.env", "\"tags\": {\"ENV\": \"dev\"}")]
    [InlineData("add", "[concat('tags[', parameters('tag'), ']')]", "\"tags\": {\"x\": \"y\"}")]
    public void Modify_OfATag_SetsIt(string operation, string field, string rest) => Assert.Equal(
        ["change Altered", "see Audited"],
        new PolicyTrial()
            .Define(
                "change", Any,
                Modify($$""" "operation": "{{operation}}", "field": "{{field}}", "value": "[resourceGroup().name]" """),
                """ "parameters": {"tag": {"type": "String", "defaultValue": "env"}} """)
            .Define("see", """{"field": "tags['env']", "equals": "rg"}""").Outcomes(PolicyTrial.Account(rest)));

    [Theory]
    [InlineData("addOrReplace", IpRules + "[*]", """{"value": "x"}""", "x")]
    [InlineData("add", IpRules + "[*]", """{"value": "x"}""", "a,b,x")]
    [InlineData("addOrReplace", IpRules + "[*].value", "\"x\"", "x,x")]
    [InlineData("add", IpRules + "[*].value", "\"x\"", "a,b")]
    [InlineData("addOrReplace", IpRules, """[{"value": "x"}]""", "x")]
    [InlineData("remove", IpRules, "null", "")]
    public void Modify_OfAList_ChangesItOrItsMembers(string operation, string field, string value, string after) =>
        Assert.Equal(
            "see Audited",
            new PolicyTrial()
                .Define(
                    "change", Any,
                    Modify($$""" "operation": "{{operation}}", "field": "{{field}}", "value": {{value}} """))
                .Define("see", $$"""{"value": "[join(field('{{IpRules}}[*].value'), ',')]", "equals": "{{after}}"}""")
                .Outcomes(PolicyTrial.Account(
                    """ "properties": {"networkAcls": {"ipRules": [{"value": "a"}, {"value": "b"}]}} """))[1]);

    [Theory]
    [InlineData("[equals(field('name'), 'a')]", PolicyOutcome.Altered)]
    [InlineData("[equals(field('name'), 'b')]", PolicyOutcome.Compliant)]
    [InlineData("[equals(field('tags.later'), 'b')]", PolicyOutcome.Unknown)]
    [InlineData("[greaterOrEquals(requestContext().apiVersion, '2019-04-01')]", PolicyOutcome.Altered)]
    public void Modify_WithACondition_DependsOnIt(string condition, PolicyOutcome outcome) => Assert.Equal(
        outcome,
        new PolicyTrial()
            .Define(
                "p", Any,
                Modify(
                    $$""" "operation": "add", "field": "{{Tls}}", "value": "x", "condition": "{{condition}}" """))
            .Result(PolicyTrial.Account($$""" "tags": {"later": "{{Later}}"} """)).Outcome);

    [Fact]
    public void Modify_OfMembersOfAMissingList_ChangesNothing() => Assert.Equal(
        ["change Compliant", "see Compliant"],
        new PolicyTrial()
            .Define(
                "change", Any,
                Modify($$""" "operation": "add", "field": "{{IpRules}}[*].action", "value": "Deny" """))
            .Define("see", """{"field": "Microsoft.Storage/storageAccounts/networkAcls", "exists": true}""")
            .Outcomes(Account));

    [Theory]
    [InlineData(""" "operation": "add", "field": "tags.a", "value": "[field('tags.later')]" """)]
    [InlineData(""" "operation": "add", "field": "[concat('tags.', field('tags.later'))]", "value": "a" """)]
    [InlineData(""" "operation": "add", "field": "Microsoft.KeyVault/vaults/sku.name", "value": "a" """)]
    [InlineData(""" "operation": "add", "field": "tags.a", "value": "[substring('a', 2)]" """)]
    public void Modify_ThatIsNotKnown_IsUnknown(string operation) => Assert.Equal(
        PolicyOutcome.Unknown,
        new PolicyTrial().Define("p", Any, Modify(operation))
            .Result(PolicyTrial.Account($$""" "tags": {"later": "{{Later}}"} """)).Outcome);

    [Fact]
    public void Modify_BeforeADeny_MakesItCompliant()
    {
        const string Old = $$"""{"field": "{{Tls}}", "notEquals": "TLS1_2"}""";
        PolicyTrial trial = new PolicyTrial().Define("a-deny", Old, "deny").Define(
            "b-modify", Old, Modify($$""" "operation": "addOrReplace", "field": "{{Tls}}", "value": "TLS1_2" """));

        Assert.Equal(["b-modify Altered", "a-deny Compliant"], trial.Outcomes(Account));
        Assert.Equal(
            ["modify Audited", "deny Denied"],
            trial.Assign("modify", "b-modify", "\"enforcementMode\": \"DoNotEnforce\"").Assign("deny", "a-deny")
                .Results(Account).Select(r => $"{r.Assignment} {r.Outcome}"));
    }

    [Theory]
    [InlineData("All", "Microsoft.Storage/storageAccounts", PolicyOutcome.Audited)]
    [InlineData("Indexed", "Microsoft.Storage/storageAccounts", PolicyOutcome.Audited)]
    [InlineData("All", "Microsoft.Storage/storageAccounts/blobServices", PolicyOutcome.Audited)]
    [InlineData("Indexed", "Microsoft.Storage/storageAccounts/blobServices", PolicyOutcome.NotApplicable)]
    [InlineData("Indexed", "Microsoft.Resources/resourceGroups", PolicyOutcome.NotApplicable)]
    [InlineData("All", "Microsoft.Resources/resourceGroups", PolicyOutcome.Audited)]
    [InlineData("Indexed", "Microsoft.Unknown/things", PolicyOutcome.Audited)]
    [InlineData("Microsoft.KeyVault.Data", "Microsoft.KeyVault/vaults", PolicyOutcome.NotApplicable)]
    public void Mode_OfADefinition_TakesItsResources(string mode, string type, PolicyOutcome outcome) => Assert.Equal(
        outcome,
        new PolicyTrial().Define("p", """{"field": "name", "exists": true}""", "audit", $"\"mode\": \"{mode}\"")
            .Result(PolicyTrial.Resource(type, name: "a/b", id: PolicyTrial.Group + "/x")).Outcome);

    [Theory]
    [InlineData("deny", "Default", PolicyOutcome.Denied)]
    [InlineData("deny", "DoNotEnforce", PolicyOutcome.Audited)]
    [InlineData("modify", "DoNotEnforce", PolicyOutcome.Audited)]
    [InlineData("deployIfNotExists", "DoNotEnforce", PolicyOutcome.Audited)]
    [InlineData("deployIfNotExists", "default", PolicyOutcome.Deploys)]
    public void Assignment_ThatIsNotEnforced_OnlyReports(string effect, string mode, PolicyOutcome outcome)
    {
        string then = effect switch
        {
            "modify" => Modify($$""" "operation": "add", "field": "{{Tls}}", "value": "TLS1_2" """),
            "deployIfNotExists" => $$"""
                {"effect": "{{effect}}", "details": {"type": "Microsoft.Storage/storageAccounts/blobServices"} }
                """,
            _ => effect,
        };

        Assert.Equal(
            outcome,
            new PolicyTrial().Define("p", Any, then).Assign("a", "p", $"\"enforcementMode\": \"{mode}\"")
                .Result(Account).Outcome);
    }

    [Theory]
    [InlineData(PolicyTrial.Subscription, "", true)]
    [InlineData(PolicyTrial.Group, "", true)]
    [InlineData(PolicyTrial.Group + "2", "", false)]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000002", "", false)]
    [InlineData("/providers/Microsoft.Management/managementGroups/m", "", true)]
    [InlineData(PolicyTrial.Subscription, PolicyTrial.Group, false)]
    [InlineData(PolicyTrial.Subscription, PolicyTrial.Group + "/", false)]
    [InlineData(PolicyTrial.Subscription, PolicyTrial.Group + "2", true)]
    [InlineData(PolicyTrial.Subscription, PolicyTrial.Group + "/providers/Microsoft.Storage/storageAccounts/a", false)]
    [InlineData("/providers/Microsoft.Management/managementGroups/m",
        "/providers/Microsoft.Management/managementGroups/n", true)]
    public void Assignment_AtAScope_BindsWhatIsInIt(string scope, string notScope, bool isBound)
    {
        string rest = notScope.Length == 0 ? "" : $"\"notScopes\": [\"{notScope}\"]";

        Assert.Equal(
            isBound ? ["p Denied"] : [],
            new PolicyTrial().Define("p", Any, "deny").Assign("a", "p", rest, scope).Outcomes(Account));
    }

    [Fact]
    public void Assignment_OnAResourceOfAnUnknownPlace_BindsItWhateverIsLeftOut() => Assert.Equal(
        ["p Denied"],
        new PolicyTrial().Define("p", Any, "deny")
            .Assign("a", "p", $"\"notScopes\": [\"{PolicyTrial.Group}\"]")
            .Outcomes(PolicyTrial.Resource(PolicyTrial.Accounts, id: "[x()]")));

    [Theory]
    [InlineData("""{"kind": "resourceLocation", "in": ["westeurope"]}""", true)]
    [InlineData("""{"kind": "resourceLocation", "in": ["northeurope"]}""", false)]
    [InlineData("""{"kind": "resourceLocation", "notIn": ["northeurope"]}""", true)]
    [InlineData("""{"kind": "resourceType", "in": ["microsoft.storage/STORAGEACCOUNTS"]}""", true)]
    [InlineData("""{"kind": "resourceType", "notIn": ["Microsoft.Storage/storageAccounts"]}""", false)]
    [InlineData("""{"kind": "resourceWithoutLocation", "in": ["true"]}""", false)]
    [InlineData("""
        {"kind": "resourceLocation", "in": ["westeurope"]}, {"kind": "resourceType", "in": ["Microsoft.Sql/servers"]}
        """, false)]
    [InlineData("", true)]
    public void Assignment_WithSelectors_BindsWhatAllOfOneTake(string selectors, bool isBound) => Assert.Equal(
        isBound ? ["p Denied"] : [],
        new PolicyTrial().Define("p", Any, "deny")
            .Assign("a", "p", $$""" "resourceSelectors": [{"name": "s", "selectors": [{{selectors}}]}] """)
            .Outcomes(PolicyTrial.Account(""" "location": "West Europe" """)));

    [Fact]
    public void Assignment_WithSeveralSelectors_BindsWhatAnyTakes() => Assert.Equal(
        ["p Denied"],
        new PolicyTrial().Define("p", Any, "deny")
            .Assign(
                "a", "p",
                """
                "resourceSelectors": [
                  {"selectors": [{"kind": "resourceLocation", "in": ["northeurope"]}]},
                  {"selectors": [{"kind": "resourceType", "in": ["Microsoft.Storage/storageAccounts"]}]}]
                """)
            .Outcomes(PolicyTrial.Account(""" "location": "westeurope" """)));

    [Theory]
    [InlineData("""{"kind": "policyEffect", "value": "audit"}""", "one Audited", "two Audited")]
    [InlineData("""
        {"kind": "policyEffect", "value": "Disabled", "selectors": [
          {"kind": "policyDefinitionReferenceId", "in": ["ONE"]}]}
        """, "one NotApplicable", "two Denied")]
    [InlineData("""
        {"kind": "policyEffect", "value": "audit", "selectors": [
          {"kind": "policyDefinitionReferenceId", "notIn": ["one"]}]}
        """, "one Denied", "two Audited")]
    [InlineData("""
        {"kind": "policyEffect", "value": "audit", "selectors": [
          {"kind": "policyDefinitionReferenceId", "in": ["one"]},
          {"kind": "resourceLocation", "in": ["northeurope"]}]}
        """, "one Denied", "two Denied")]
    [InlineData("""{"kind": "definitionVersion", "value": "2.0.*"}""", "one Denied", "two Denied")]
    public void Assignment_WithOverrides_HasAnotherEffect(string overrides, string one, string two) => Assert.Equal(
        [one, two],
        new PolicyTrial().Define("p", Any, "deny").File("s", Set("""{"value": "x"}"""))
            .Assign("a", Sets + "s", $$""" "overrides": [{{overrides}}] """)
            .Outcomes(PolicyTrial.Account(""" "location": "westeurope" """)));

    [Theory]
    [InlineData(null, "", "", PolicyOutcome.Exempt)]
    [InlineData("2026-03-05T00:00:00Z", "", "", PolicyOutcome.Exempt)]
    [InlineData("2026-03-04T00:00:00Z", "", "", PolicyOutcome.Denied)]
    [InlineData(null, "one", "", PolicyOutcome.Exempt)]
    [InlineData(null, "two", "", PolicyOutcome.Denied)]
    [InlineData(null, "", PolicyTrial.Group, PolicyOutcome.Exempt)]
    [InlineData(null, "", PolicyTrial.Group + "2", PolicyOutcome.Denied)]
    [InlineData(null, "", PolicyTrial.Group + "/providers/Microsoft.Storage/storageAccounts/a", PolicyOutcome.Exempt)]
    [InlineData(null, "", PolicyTrial.Group + "/providers/Microsoft.Storage/storageAccounts/b", PolicyOutcome.Denied)]
    public void Exemption_FromAnAssignment_TakesItOutOfForce(
        string? ends, string reference, string scope, PolicyOutcome outcome)
    {
        string end = ends is null ? "" : $"\"expiresOn\": \"{ends}\",";
        string references = reference.Length == 0 ? "" : $"\"policyDefinitionReferenceIds\": [\"{reference}\"],";
        ImmutableArray<PolicyResult> results = new PolicyTrial().Define("p", Any, "deny")
            .File("s", Set("""{"value": "x"}""")).Assign("a", Sets + "s")
            .File("e", Exemption($"{end} {references} \"description\": \"why\",", scope)).Results(Account);

        Assert.Equal(outcome, results.Single(r => r.Definition == "one").Outcome);
    }

    [Fact]
    public void Exemption_OfOtherResources_DoesNotCount() => Assert.Equal(
        ["p Denied"],
        new PolicyTrial().Define("p", Any, "deny").Assign("a", "p")
            .File("e", Exemption(
                """
                "resourceSelectors": [{"selectors": [{"kind": "resourceType", "in": ["Microsoft.Sql/servers"]}]}],
                """))
            .Outcomes(Account));

    [Fact]
    public void Exemption_OfWhatComplies_IsNotNeeded() => Assert.Equal(
        ["p Compliant"],
        new PolicyTrial().Define("p", """{"field": "name", "equals": "b"}""", "deny").Assign("a", "p")
            .File("e", Exemption("")).Outcomes(Account));

    [Theory]
    [InlineData("""{"value": "[parameters('kind')]"}""", """ "parameters": {"kind": {"value": "a"}} """, "Denied")]
    [InlineData("""{"value": "[parameters('kind')]"}""", """ "parameters": {"kind": {"value": "b"}} """, "Compliant")]
    [InlineData("""{"value": "[concat(parameters('kind'), '')]"}""", "", "Denied")]
    [InlineData("""{"value": "b"}""", "", "Compliant")]
    public void Set_WithParameters_GivesThemToItsDefinitions(string given, string rest, string outcome) => Assert.Equal(
        [$"one {outcome}", "two Denied"],
        new PolicyTrial()
            .Define(
                "p", """{"field": "name", "equals": "[parameters('n')]"}""", "deny",
                """ "parameters": {"n": {"type": "String", "defaultValue": "a"}} """)
            .File("s", Set(given, "n")).Assign("a", Sets + "s", rest).Outcomes(Account));

    [Theory]
    [InlineData("audit", PolicyOutcome.Audited)]
    [InlineData("Disabled", PolicyOutcome.NotApplicable)]
    public void Parameter_OfTheEffect_IsTheAssignments(string effect, PolicyOutcome outcome) => Assert.Equal(
        outcome,
        new PolicyTrial()
            .Define(
                "p", Any, "[parameters('effect')]",
                """
                "parameters": {"effect": {"type": "String", "defaultValue": "deny",
                  "allowedValues": ["deny", "audit", "Disabled"]}}
                """)
            .Assign("a", "p", $$""" "parameters": {"effect": {"value": "{{effect}}"} } """).Result(Account).Outcome);

    [Fact]
    public void Parameter_ThatIsGivenNoValue_IsUnknown()
    {
        const string Parameters = """ "parameters": {"n": {"type": "String"}, "e": {"type": "String"}} """;
        PolicyTrial trial = new PolicyTrial()
            .Define("p", """{"field": "name", "equals": "[parameters('n')]"}""", "deny", Parameters);

        Assert.Equal(PolicyOutcome.Unknown, trial.Result(Account).Outcome);
        PolicyResult effect = new PolicyTrial().Define("p", Any, "[parameters('e')]", Parameters).Result(Account);
        Assert.Equal((PolicyOutcome.Unknown, "unknown"), (effect.Outcome, effect.EffectWord));
    }

    [Theory]
    [InlineData("""{"message": "all"}""", "all")]
    [InlineData("""{"message": "all"}, {"message": "first", "policyDefinitionReferenceId": "one"}""", "first")]
    [InlineData("""{"message": "second", "policyDefinitionReferenceId": "two"}""", "It refuses the resource.")]
    public void Message_OfAnAssignment_IsTold(string messages, string told) => Assert.Equal(
        told,
        new PolicyTrial().Define("p", Any, "deny").File("s", Set("""{"value": "x"}"""))
            .Assign("a", Sets + "s", $$""" "nonComplianceMessages": [{{messages}}] """).Results(Account)[0].Message);

    [Fact]
    public void Result_OfAPolicyInASet_NamesBoth()
    {
        PolicyResult result = new PolicyTrial().Define("p", Any, "deny", "\"displayName\": \"No accounts\"")
            .File("s", Set("""{"value": "x"}""")).Assign("a", Sets + "s").Results(Account)[0];

        Assert.Equal(
            ("a/one", "s", "No accounts", "deny", Account.Id),
            (result.Policy, result.Set, result.Title, result.EffectWord, result.Resource));
    }

    [Fact]
    public void Evaluate_ManyResources_CountsAndKeepsWhatMatters()
    {
        PolicyLibrary library = new PolicyTrial().Define("a", Any, "deny")
            .Define("b", """{"field": "name", "equals": "x"}""").Read();
        PolicyReport report = new PolicyEvaluator(library, default)
            .Evaluate([PolicyTrial.Account(name: "y"), PolicyTrial.Account(name: "x"), PolicyTrial.Resource("a/b")]);

        Assert.Equal((2, 3), (report.Policies, report.Resources));
        Assert.Equal(
            (2, 1, 3),
            (report.Count(PolicyOutcome.Denied), report.Count(PolicyOutcome.Audited),
                report.Count(PolicyOutcome.Compliant)));
        Assert.Equal(
            ["x a", "x b", "y a"],
            report.Results.Select(r => $"{ResourceId.NameOf(r.Resource)} {r.Policy}"));
    }

    private static string Append(string field, string value) =>
        $$"""{"effect": "append", "details": [{"field": "{{field}}", "value": {{value}} }]}""";

    private static string Modify(string operation) =>
        $$"""{"effect": "modify", "details": {"roleDefinitionIds": ["r"], "operations": [{ {{operation}} }]} }""";

    /// <summary>A set s of p twice, as one and two; the first is given a parameter.</summary>
    private static string Set(string given, string? parameter = null)
    {
        string arguments = parameter is null ? "" : $$""", "parameters": {"{{parameter}}": {{given}} }""";
        return $$"""
            {"name": "s", "properties": {
              "parameters": {"kind": {"type": "String", "defaultValue": "a"} },
              "policyDefinitions": [
                {"policyDefinitionReferenceId": "one",
                 "policyDefinitionId": "{{PolicyTrial.Definitions}}p"{{arguments}} },
                {"policyDefinitionReferenceId": "two", "policyDefinitionId": "{{PolicyTrial.Definitions}}p"}]} }
            """;
    }

    private static string Exemption(string more, string scope = "") =>
        $$"""
        {"name": "e", "id": "{{scope}}/providers/Microsoft.Authorization/policyExemptions/e",
         "properties": {"exemptionCategory": "Waiver", {{more}}
          "policyAssignmentId": "{{PolicyTrial.Subscription}}/providers/Microsoft.Authorization/policyAssignments/a"} }
        """;
}

using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Policies;

/// <summary>Policies that ask for a related resource: where it is looked for, and what must hold for it.</summary>
public sealed class RelatedResourceTests
{
    private const string Any = """{"field": "type", "equals": "Microsoft.Storage/storageAccounts"}""";
    private const string Later = "[reference('x').y]";

    private static SnapshotResource Account { get; } = PolicyTrial.Account();

    [Theory]
    [InlineData("auditIfNotExists", PolicyOutcome.Audited)]
    [InlineData("deployIfNotExists", PolicyOutcome.Deploys)]
    public void Related_Child_IsLookedForBelow(string effect, PolicyOutcome missing)
    {
        const string Child = "Microsoft.Storage/storageAccounts/blobServices";
        PolicyTrial trial = new PolicyTrial().Define("p", Any, Related(effect, Child));
        SnapshotResource other = PolicyTrial.Account(name: "b");

        Assert.Equal(missing, trial.Result(Account).Outcome);
        trial.Beside(PolicyTrial.Resource(Child, name: "a/default"));
        Assert.Equal(PolicyOutcome.Compliant, trial.Result(Account).Outcome);
        Assert.Equal(missing, trial.Result(other).Outcome);
    }

    [Fact]
    public void Related_Extension_IsLookedForOnTheResource()
    {
        const string Settings = "Microsoft.Insights/diagnosticSettings";
        PolicyTrial trial = new PolicyTrial().Define("p", Any, Related("auditIfNotExists", Settings)).Beside(
            PolicyTrial.Resource(Settings, name: "d", id: $"{Account.Id}/providers/{Settings}/d"));

        Assert.Equal(PolicyOutcome.Compliant, trial.Result(Account).Outcome);
        Assert.Equal(PolicyOutcome.Audited, trial.Result(PolicyTrial.Account(name: "b")).Outcome);
    }

    [Theory]
    [InlineData("", "rg", PolicyOutcome.Compliant)]
    [InlineData("", "RG", PolicyOutcome.Compliant)]
    [InlineData("", "other", PolicyOutcome.Audited)]
    [InlineData(""" "existenceScope": "Subscription" """, "other", PolicyOutcome.Compliant)]
    [InlineData(""" "resourceGroupName": "other" """, "other", PolicyOutcome.Compliant)]
    [InlineData(""" "resourceGroupName": "other" """, "rg", PolicyOutcome.Audited)]
    [InlineData(""" "resourceGroupName": "[field('tags.group')]" """, "other", PolicyOutcome.Compliant)]
    [InlineData(""" "resourceGroupName": "[field('tags.later')]" """, "other", PolicyOutcome.Unknown)]
    public void Related_ElseWhere_IsLookedForInTheGroup(string details, string group, PolicyOutcome outcome)
    {
        const string Workspaces = "Microsoft.OperationalInsights/workspaces";
        string id = $"{PolicyTrial.Subscription}/resourceGroups/{group}/providers/{Workspaces}/w";

        Assert.Equal(
            outcome,
            new PolicyTrial().Define("p", Any, Related("auditIfNotExists", Workspaces, details))
                .Beside(PolicyTrial.Resource(Workspaces, name: "w", id: id))
                .Result(PolicyTrial.Account($$""" "tags": {"group": "other", "later": "{{Later}}"} """)).Outcome);
    }

    [Fact]
    public void Related_InAnotherSubscription_IsNotFound()
    {
        const string Workspaces = "Microsoft.OperationalInsights/workspaces";
        string id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/rg/providers/"
            + Workspaces + "/w";

        Assert.Equal(
            PolicyOutcome.Audited,
            new PolicyTrial()
                .Define(
                    "p", Any, Related("auditIfNotExists", Workspaces, """ "existenceScope": "subscription" """))
                .Beside(PolicyTrial.Resource(Workspaces, name: "w", id: id)).Result(Account).Outcome);
    }

    [Theory]
    [InlineData("a/default", PolicyOutcome.Compliant)]
    [InlineData("default", PolicyOutcome.Compliant)]
    [InlineData("a/other", PolicyOutcome.Audited)]
    [InlineData("a/?", PolicyOutcome.Compliant)]
    [InlineData("b/?", PolicyOutcome.Audited)]
    [InlineData("[concat(field('name'), '/default')]", PolicyOutcome.Compliant)]
    [InlineData("[concat(field('tags.later'), '/default')]", PolicyOutcome.Unknown)]
    public void Related_OfAName_IsTheOne(string name, PolicyOutcome outcome)
    {
        const string Child = "Microsoft.Storage/storageAccounts/blobServices";

        Assert.Equal(
            outcome,
            new PolicyTrial().Define("p", Any, Related("auditIfNotExists", Child, $$""" "name": "{{name}}" """))
                .Beside(PolicyTrial.Resource(Child, name: "a/default"))
                .Result(PolicyTrial.Account($$""" "tags": {"later": "{{Later}}"} """)).Outcome);
    }

    [Theory]
    [InlineData("true", "false", PolicyOutcome.Compliant)]
    [InlineData("false", "true", PolicyOutcome.Compliant)]
    [InlineData("false", "false", PolicyOutcome.Audited)]
    [InlineData("false", "\"" + Later + "\"", PolicyOutcome.Unknown)]
    [InlineData("true", "\"" + Later + "\"", PolicyOutcome.Compliant)]
    public void Related_WithACondition_IsOneThatFulfilsIt(string first, string second, PolicyOutcome outcome)
    {
        const string Databases = "Microsoft.Sql/servers/databases";
        const string Condition = $$"""{"field": "{{Databases}}/zoneRedundant", "equals": true}""";
        PolicyTrial trial = new PolicyTrial()
            .Define(
                "p", """{"field": "type", "equals": "Microsoft.Sql/servers"}""",
                Related("auditIfNotExists", Databases, $$""" "existenceCondition": {{Condition}} """))
            .Beside(
                PolicyTrial.Resource(Databases, $$""" "properties": {"zoneRedundant": {{first}}} """, "s/a"),
                PolicyTrial.Resource(Databases, $$""" "properties": {"zoneRedundant": {{second}}} """, "s/b"));

        PolicyResult result = trial.Result(PolicyTrial.Resource("Microsoft.Sql/servers", name: "s"));

        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(result.Deciding, d => d.Contains("zoneRedundant", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("westeurope", PolicyOutcome.Compliant)]
    [InlineData("northeurope", PolicyOutcome.Audited)]
    public void Related_ConditionsFunctionField_IsOfTheResource(string location, PolicyOutcome outcome) => Assert.Equal(
        outcome,
        new PolicyTrial()
            .Define(
                "p", Any,
                Related(
                    "auditIfNotExists", "Microsoft.OperationalInsights/workspaces",
                    """ "existenceCondition": {"field": "location", "equals": "[field('location')]"} """))
            .Beside(PolicyTrial.Resource(
                "Microsoft.OperationalInsights/workspaces", $$""" "location": "{{location}}" """, "w"))
            .Result(PolicyTrial.Account(""" "location": "West Europe" """)).Outcome);

    [Theory]
    [InlineData("[resourceId('Microsoft.Storage/storageAccounts/blobServices', 'x', 'default')]", "[x()]")]
    [InlineData("[extensionResourceId('y', 'Microsoft.Storage/storageAccounts/blobServices', 'default')]", "a/default")]
    public void Related_ThatMayBeIt_IsUnknown(string id, string name)
    {
        const string Child = "Microsoft.Storage/storageAccounts/blobServices";

        Assert.Equal(
            PolicyOutcome.Unknown,
            new PolicyTrial().Define("p", Any, Related("auditIfNotExists", Child, """ "name": "a/default" """))
                .Beside(PolicyTrial.Resource(Child, name: name, id: id)).Result(Account).Outcome);
    }

    [Fact]
    public void Related_OfAnUnknownGroup_IsInNoOther()
    {
        const string Child = "Microsoft.Storage/storageAccounts/blobServices";
        string id = "[resourceId('00000000-0000-0000-0000-000000000001', 'other', "
            + $"'{Child}', reference('x').y, 'default')]";

        Assert.Equal(
            PolicyOutcome.Audited,
            new PolicyTrial().Define("p", Any, Related("auditIfNotExists", Child))
                .Beside(PolicyTrial.Resource(Child, name: "[x()]", id: id)).Result(Account).Outcome);
    }

    private static string Related(string effect, string type, string details = "") =>
        $$"""
        {"effect": "{{effect}}", "details": {"type": "{{type}}"{{(details.Length == 0 ? "" : ", " + details)}} } }
        """;
}

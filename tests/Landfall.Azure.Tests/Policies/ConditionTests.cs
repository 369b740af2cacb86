using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Policies;

/// <summary>Conditions on resources, with the real aliases of their types.</summary>
public sealed class ConditionTests
{
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Rules = "Microsoft.Network/networkSecurityGroups/securityRules[*]";
    private const string Prefixes = "Microsoft.Network/virtualNetworks/addressSpace.addressPrefixes[*]";
    private const string Subnets = "Microsoft.Network/virtualNetworks/subnets[*]";
    private const string IpRules = "Microsoft.Storage/storageAccounts/networkAcls.ipRules";

    private const string Yes = """{"field": "name", "equals": "a"}""";
    private const string No = """{"field": "name", "equals": "b"}""";
    private const string May = """{"field": "tags.later", "equals": "b"}""";

    [Theory]
    [InlineData($$"""{"allOf": [{{Yes}}, {{Yes}}]}""", Truth.True)]
    [InlineData($$"""{"allOf": [{{Yes}}, {{May}}]}""", Truth.Unknown)]
    [InlineData($$"""{"allOf": [{{May}}, {{No}}]}""", Truth.False)]
    [InlineData($$"""{"anyOf": [{{No}}, {{No}}]}""", Truth.False)]
    [InlineData($$"""{"anyOf": [{{No}}, {{May}}]}""", Truth.Unknown)]
    [InlineData($$"""{"anyOf": [{{May}}, {{Yes}}]}""", Truth.True)]
    [InlineData($$"""{"not": {{No}}}""", Truth.True)]
    [InlineData($$"""{"not": {{May}}}""", Truth.Unknown)]
    [InlineData($$"""{"not": {"allOf": [{{May}}, {{No}}]} }""", Truth.True)]
    [InlineData($$"""{"ALLOF": [{"NOT": {{No}}}, {"Field": "NAME", "Equals": "A"}]}""", Truth.True)]
    public void Group_OfConditions_PutsThemTogether(string condition, Truth truth) => Assert.Equal(
        truth, PolicyTrial.Truth(condition, PolicyTrial.Account(""" "tags": {"later": "[reference('x').y]"} """)));

    [Theory]
    [InlineData("name", "\"v\"")]
    [InlineData("fullName", "\"v\"")]
    [InlineData("type", "\"microsoft.keyvault/VAULTS\"")]
    [InlineData("location", "\"West Europe\"")]
    [InlineData("location", "\"westeurope\"")]
    [InlineData("kind", "\"k\"")]
    [InlineData("identity.type", "\"SystemAssigned\"")]
    [InlineData("tags.env", "\"prod\"")]
    [InlineData("tags[env]", "\"prod\"")]
    [InlineData("tags['env']", "\"prod\"")]
    [InlineData("tags['cost.center']", "\"4\"")]
    [InlineData("tags[cost.center]", "\"4\"")]
    [InlineData("tags['''quoted''']", "\"q\"")]
    [InlineData("[concat('tags[', 'env', ']')]", "\"prod\"")]
    [InlineData("Microsoft.KeyVault/vaults/sku.name", "\"premium\"")]
    [InlineData("microsoft.keyvault/vaults/SKU.NAME", "\"premium\"")]
    [InlineData("Microsoft.KeyVault/vaults/enableSoftDelete", "true")]
    [InlineData("Microsoft.KeyVault/vaults/enableSoftDelete", "\"true\"")]
    public void Field_OfAResource_HasItsValue(string field, string value) => Assert.Equal(
        Truth.True,
        PolicyTrial.Truth(
            $$"""{"field": "{{field}}", "equals": {{value}}}""",
            PolicyTrial.Resource(
                Vault,
                """
                "location": "West Europe", "kind": "k", "identity": {"type": "SystemAssigned"},
                "tags": {"Env": "prod", "cost.center": "4", "'quoted'": "q"},
                "properties": {"sku": {"name": "premium"}, "enableSoftDelete": true}
                """,
                "v")));

    [Theory]
    [InlineData("tags", "exists", "false", Truth.True)]
    [InlineData("tags.env", "exists", "false", Truth.True)]
    [InlineData("tags.env", "notEquals", "\"x\"", Truth.True)]
    [InlineData("tags.env", "notIn", "[\"x\"]", Truth.True)]
    [InlineData("tags.env", "equals", "\"x\"", Truth.False)]
    [InlineData("tags.env", "like", "\"*\"", Truth.False)]
    [InlineData("tags", "containsKey", "\"env\"", Truth.False)]
    [InlineData("Microsoft.KeyVault/vaults/createMode", "exists", "true", Truth.False)]
    [InlineData("Microsoft.KeyVault/vaults/softDeleteRetentionInDays", "less", "7", Truth.False)]
    [InlineData("Microsoft.Storage/storageAccounts/minimumTlsVersion", "exists", "true", Truth.False)]
    [InlineData("Microsoft.Storage/storageAccounts/minimumTlsVersion", "notEquals", "\"x\"", Truth.True)]
    public void Field_ThatIsNotThere_IsNothing(string field, string how, string target, Truth truth) => Assert.Equal(
        truth, PolicyTrial.Truth($$"""{"field": "{{field}}", "{{how}}": {{target}}}""", PolicyTrial.Resource(Vault)));

    [Theory]
    [InlineData("[resourceId('Microsoft.KeyVault/vaults', 'x')]", "[format('{0}/{1}', reference('x').y, 'b')]")]
    [InlineData("[resourceId('Microsoft.KeyVault/vaults', 'x')]", "[reference('x').y]")]
    public void Field_OfAnUnknownName_IsUnknown(string id, string name)
    {
        SnapshotResource resource = PolicyTrial.Resource(Vault, "", name, id);

        Assert.All(["name", "fullName", "id"], field => Assert.Equal(
            Truth.Unknown, PolicyTrial.Truth($$"""{"field": "{{field}}", "equals": "b"}""", resource)));
    }

    [Fact]
    public void Field_OfAResourceGroup_HasTheTypeThatPoliciesName()
    {
        SnapshotResource group = PolicyTrial.Resource(
            "Microsoft.Resources/resourceGroups", """ "location": "westeurope" """, "rg", PolicyTrial.Group);

        Assert.Equal(Truth.True, PolicyTrial.Truth(
            """{"field": "type", "equals": "Microsoft.Resources/subscriptions/resourceGroups"}""", group));
    }

    [Fact]
    public void Field_OfAChild_IsItsOwnNameAndTheFullName()
    {
        SnapshotResource child = PolicyTrial.Resource("Microsoft.Sql/servers/databases", "", "s/d");

        Assert.Equal(Truth.True, PolicyTrial.Truth(
            """{"allOf": [{"field": "name", "equals": "d"}, {"field": "fullName", "equals": "s/d"}]}""", child));
    }

    [Theory]
    [InlineData("\"10.0.0.0/16\", \"10.1.0.0/16\"", "like", "\"10.*\"", Truth.True)]
    [InlineData("\"10.0.0.0/16\", \"11.0.0.0/16\"", "like", "\"10.*\"", Truth.False)]
    [InlineData("\"10.0.0.0/16\", \"11.0.0.0/16\"", "notLike", "\"10.*\"", Truth.False)]
    [InlineData("\"11.0.0.0/16\", \"12.0.0.0/16\"", "notLike", "\"10.*\"", Truth.True)]
    [InlineData("", "like", "\"10.*\"", Truth.True)]
    [InlineData("", "notLike", "\"10.*\"", Truth.True)]
    [InlineData("\"10.0.0.0/16\", \"[parameters('x')]\"", "like", "\"10.*\"", Truth.Unknown)]
    [InlineData("\"11.0.0.0/16\", \"[parameters('x')]\"", "like", "\"10.*\"", Truth.False)]
    public void Field_OfMembers_HoldsWhereItDoesForAll(string prefixes, string how, string target, Truth truth) =>
        Assert.Equal(
            truth, PolicyTrial.Truth($$"""{"field": "{{Prefixes}}", "{{how}}": {{target}}}""", Network(prefixes)));

    [Fact]
    public void Field_OfAMissingListsMembers_HoldsForNone()
    {
        SnapshotResource network = PolicyTrial.Resource("Microsoft.Network/virtualNetworks");

        Assert.Equal(Truth.True, PolicyTrial.Truth($$"""{"field": "{{Prefixes}}", "equals": "x"}""", network));
        Assert.Equal(Truth.True, PolicyTrial.Truth($$"""{"field": "{{Prefixes[..^3]}}", "exists": false}""", network));
    }

    [Theory]
    [InlineData("\"10.0.0.0/16\"", "true", Truth.True)]
    [InlineData("", "true", Truth.True)]
    [InlineData("", "false", Truth.False)]
    public void Field_OfAList_Exists(string prefixes, string target, Truth truth) => Assert.Equal(
        truth, PolicyTrial.Truth($$"""{"field": "{{Prefixes[..^3]}}", "exists": {{target}}}""", Network(prefixes)));

    [Fact]
    public void Field_OfAnUnknownList_IsUnknown()
    {
        SnapshotResource network = PolicyTrial.Resource(
            "Microsoft.Network/virtualNetworks", """ "properties": {"addressSpace": "[parameters('x')]"} """);

        Assert.Equal(Truth.Unknown, PolicyTrial.Truth($$"""{"field": "{{Prefixes}}", "equals": "x"}""", network));
        Assert.Equal(Truth.Unknown, PolicyTrial.Truth(Count(Prefixes, "", "greater", 0), network));
    }

    [Theory]
    [InlineData("[length(field('" + Prefixes + "'))]", "2")]
    [InlineData("[length(field('Microsoft.Network/virtualNetworks/addressSpace.addressPrefixes'))]", "2")]
    [InlineData("[join(field('" + Prefixes + "'), ';')]", "\"10.0.0.0/16;10.1.0.0/16\"")]
    [InlineData("[first(field('" + Prefixes + "'))]", "\"10.0.0.0/16\"")]
    [InlineData("[length(field('" + Subnets + ".name'))]", "0")]
    [InlineData("[field('Microsoft.Network/virtualNetworks/flowTimeoutInMinutes')]", "\"\"")]
    [InlineData("[resourceGroup().name]", "\"rg\"")]
    [InlineData("[subscription().subscriptionId]", "\"00000000-0000-0000-0000-000000000001\"")]
    [InlineData("[policy().definitionId]", "\"" + PolicyTrial.Definitions + "p\"")]
    [InlineData("[less(length(field('tags')), 3)]", "true")]
    [InlineData("[null()]", "\"\"")]
    public void Value_OfAnExpression_IsCompared(string value, string result) => Assert.Equal(
        Truth.True,
        PolicyTrial.Truth(
            $$"""{"value": "{{value}}", "equals": {{result}}}""", Network("\"10.0.0.0/16\", \"10.1.0.0/16\"")));

    [Theory]
    [InlineData("[substring(field('name'), 0, 3)]")]
    [InlineData("[resourceGroup().tags.env]")]
    [InlineData("[utcNow('%')]")]
    public void Value_ThatFailsOrIsNotKnown_IsUnknown(string value) => Assert.Equal(
        Truth.Unknown, PolicyTrial.Truth($$"""{"value": "{{value}}", "equals": "x"}""", PolicyTrial.Account()));

    [Theory]
    [InlineData("", "equals", 3, Truth.True)]
    [InlineData("", "greater", 3, Truth.False)]
    [InlineData($$"""{"field": "{{Rules}}.access", "equals": "Allow"}""", "equals", 2, Truth.True)]
    [InlineData($$"""{"field": "{{Rules}}.access", "notEquals": "Allow"}""", "equals", 1, Truth.True)]
    [InlineData($$"""{"field": "{{Rules}}", "containsKey": "name"}""", "equals", 3, Truth.True)]
    [InlineData($$"""{"field": "{{Rules}}.name", "like": "a*"}""", "equals", 1, Truth.True)]
    [InlineData(
        $$"""
        {"allOf": [{"field": "{{Rules}}.access", "equals": "Allow"},
          {"field": "{{Rules}}.direction", "equals": "Inbound"}]}
        """, "equals", 1, Truth.True)]
    [InlineData("""{"field": "tags.env", "equals": "prod"}""", "equals", 3, Truth.True)]
    [InlineData($$"""{"value": "[current('{{Rules}}.access')]", "equals": "Deny"}""", "equals", 1, Truth.True)]
    [InlineData($$"""{"value": "[current('{{Rules}}').name]", "equals": "b"}""", "equals", 1, Truth.True)]
    [InlineData("""{"value": "[current().name]", "equals": "b"}""", "equals", 1, Truth.True)]
    [InlineData($$"""{"value": "[first(field('{{Rules}}.access'))]", "equals": "Deny"}""", "equals", 1, Truth.True)]
    [InlineData($$"""{"value": "[length(field('{{Rules}}'))]", "equals": 1}""", "equals", 3, Truth.True)]
    [InlineData(
        $$"""{"field": "{{Rules}}.access", "equals": "[field('{{Rules}}.access')]"}""", "equals", 0, Truth.True)]
    [InlineData($$"""{"field": "{{Rules}}.sourcePortRanges[*]", "equals": "80"}""", "equals", 3, Truth.True)]
    [InlineData($$"""{"field": "{{Rules}}.destinationPortRanges[*]", "in": ["22", "23"]}""", "equals", 2, Truth.True)]
    public void Count_OfAField_CountsMembers(string where, string how, int target, Truth truth) => Assert.Equal(
        truth,
        PolicyTrial.Truth(
            Count(Rules, where, how, target),
            PolicyTrial.Resource(
                "Microsoft.Network/networkSecurityGroups",
                """
                "tags": {"env": "prod"}, "properties": {"securityRules": [
                  {"name": "a", "properties": {"access": "Allow", "direction": "Inbound",
                    "destinationPortRanges": ["22", "23"]}},
                  {"name": "b", "properties": {"access": "Deny", "direction": "Inbound",
                    "destinationPortRanges": ["22", "80"]}},
                  {"name": "c", "properties": {"access": "allow", "direction": "Outbound"}}]}
                """)));

    [Theory]
    [InlineData("equals", 0, Truth.True)]
    [InlineData("greater", 0, Truth.False)]
    public void Count_OfAMissingList_IsZero(string how, int target, Truth truth) => Assert.Equal(
        truth,
        PolicyTrial.Truth(
            Count(Rules, "", how, target), PolicyTrial.Resource("Microsoft.Network/networkSecurityGroups")));

    [Theory]
    [InlineData("greaterOrEquals", 1, Truth.True)]
    [InlineData("greaterOrEquals", 2, Truth.Unknown)]
    [InlineData("greaterOrEquals", 4, Truth.False)]
    [InlineData("equals", 2, Truth.Unknown)]
    [InlineData("equals", 0, Truth.False)]
    [InlineData("notEquals", 4, Truth.True)]
    [InlineData("less", 4, Truth.True)]
    [InlineData("lessOrEquals", 0, Truth.False)]
    public void Count_WithUnknownMembers_IsARange(string how, int target, Truth truth)
    {
        ConditionTrace trace = PolicyTrial.Trace(
            Count(Prefixes, $$"""{"field": "{{Prefixes}}", "like": "10.*"}""", how, target),
            Network("\"10.0.0.0/16\", \"[parameters('x')]\", \"[parameters('y')]\", \"11.0.0.0/16\""));

        Assert.Equal(truth, trace.Result);
        Assert.Equal("1 to 3: \"10.0.0.0/16\"", trace.Found);
    }

    [Fact]
    public void Count_InACount_IsOfTheOuterMember()
    {
        SnapshotResource network = PolicyTrial.Resource(
            "Microsoft.Network/virtualNetworks",
            """
            "properties": {"subnets": [
              {"name": "a", "properties": {"serviceEndpoints": [{"service": "x"}, {"service": "y"}]}},
              {"name": "b", "properties": {"serviceEndpoints": [{"service": "x"}]}},
              {"name": "c", "properties": {}}]}
            """);
        const string Endpoints = Subnets + ".serviceEndpoints[*]";
        string where = $$"""{"value": "[current('{{Endpoints}}').service]", "equals": "y"}""";

        Assert.Equal(Truth.True, PolicyTrial.Truth(Count(Endpoints, "", "equals", 3), network));
        Assert.Equal(Truth.True, PolicyTrial.Truth(
            Count(Subnets, Count(Endpoints, "", "equals", 2), "equals", 1), network));
        Assert.Equal(Truth.True, PolicyTrial.Truth(
            Count(
                Subnets,
                Count(Endpoints, $$"""{"field": "{{Endpoints}}.service", "equals": "x"}""", "equals", 1),
                "equals", 2),
            network));
        Assert.Equal(Truth.True, PolicyTrial.Truth(
            Count(
                Subnets,
                $$"""
                {"allOf": [{"field": "{{Subnets}}.name", "equals": "a"},
                  {{Count(Endpoints, where, "greater", 0)}}]}
                """,
                "equals", 1),
            network));
    }

    [Theory]
    [InlineData("""{"value": ["x*", "a*"], "name": "p", "where": {"field": "name", "like": "[current('p')]"}}""", 1)]
    [InlineData("""{"value": ["x*", "a*"], "where": {"field": "name", "like": "[current()]"}}""", 1)]
    [InlineData("""{"value": ["x*", "a*"], "where": {"field": "name", "like": "[current('default')]"}}""", 1)]
    [InlineData("""{"value": [1, 2, 3]}""", 3)]
    [InlineData("""{"value": []}""", 0)]
    [InlineData(
        """
        {"value": "[parameters('rules')]", "name": "r",
          "where": {"value": "[current('r').port]", "greater": 22}}
        """, 1)]
    [InlineData("""{"value": "[field('tags.none')]"}""", 0)]
    [InlineData("""{"value": "[field('Microsoft.Storage/storageAccounts/networkAcls.ipRules[*].value')]"}""", 2)]
    [InlineData(
        """
        {"value": [1, 2], "name": "x", "where": {"count": {"value": [2, 3], "name": "y",
          "where": {"value": "[current('x')]", "equals": "[current('y')]"}}, "equals": 1}}
        """, 1)]
    [InlineData(
        """
        {"value": ["10.0.0.0/8", "11.0.0.0/8"], "name": "range", "where": {"count": {
          "field": "Microsoft.Storage/storageAccounts/networkAcls.ipRules[*]", "where": {
          "value": "[ipRangeContains(current('range'),
          current('Microsoft.Storage/storageAccounts/networkAcls.ipRules[*].value'))]", "equals": true}},
          "equals": 2}}
        """, 1)]
    public void Count_OfAValue_CountsItems(string count, int target) => Assert.Equal(
        Truth.True,
        PolicyTrial.Truth(
            $$"""{"count": {{count.Replace("\n", "", StringComparison.Ordinal)}}, "equals": {{target}}}""",
            PolicyTrial.Account(
                """ "properties": {"networkAcls": {"ipRules": [{"value": "10.0.0.1"}, {"value": "10.0.1.0/24"}]}} """),
            """
            "parameters": {"rules": {"type": "Array", "defaultValue": [{"port": 22}, {"port": 3389}]}}
            """));

    [Theory]
    [InlineData("[range(0, 100)]", "", Truth.True)]
    [InlineData("[range(0, 101)]", "", Truth.Unknown)]
    [InlineData("[range(0, 10)]", """, "where": {"count": {"value": "[range(0, 10)]"}, "equals": 10}""", Truth.True)]
    [InlineData("[range(0, 10)]", """, "where": {"count": {"value": "[range(0, 11)]"}, "equals": 11}""", Truth.Unknown)]
    [InlineData("[field('name')]", "", Truth.Unknown)]
    [InlineData("[field('tags.later')]", "", Truth.Unknown)]
    public void Count_OfAValueThatIsTooLongOrNoList_IsUnknown(string value, string where, Truth truth) => Assert.Equal(
        truth,
        PolicyTrial.Truth(
            $$"""{"count": {"value": "{{value}}"{{where}}}, "greater": 0}""",
            PolicyTrial.Account(""" "tags": {"later": "[reference('x').y]"} """)));

    [Theory]
    [InlineData($$"""{"allOf": [{{Yes}}, {{No}}, {{No}}]}""", "if.allOf[1]")]
    [InlineData($$"""{"allOf": [{{Yes}}, {{Yes}}]}""", "if.allOf[0] if.allOf[1]")]
    [InlineData($$"""{"anyOf": [{{No}}, {{Yes}}, {{Yes}}]}""", "if.anyOf[1]")]
    [InlineData($$"""{"anyOf": [{{No}}, {{No}}]}""", "if.anyOf[0] if.anyOf[1]")]
    [InlineData($$"""{"allOf": [{{Yes}}, {{May}}, {{May}}]}""", "if.allOf[1] if.allOf[2]")]
    [InlineData($$"""{"not": {"anyOf": [{{No}}, {"allOf": [{{Yes}}, {{Yes}}]}]} }""",
        "if.not.anyOf[1].allOf[0] if.not.anyOf[1].allOf[1]")]
    [InlineData(Yes, "if")]
    public void Deciding_OfATrace_IsWhatMadeIt(string condition, string paths)
    {
        ConditionTrace trace = PolicyTrial.Trace(
            condition, PolicyTrial.Account(""" "tags": {"later": "[reference('x').y]"} """));

        Assert.Equal(paths, string.Join(' ', trace.Deciding().Select(d => d.Path)));
    }

    [Fact]
    public void Explain_OfAField_TellsWhatWasComparedWithWhat()
    {
        ConditionTrace trace = PolicyTrial.Trace(
            $$"""{"field": "{{IpRules}}[*].value", "in": "[createArray('10.0.0.1', parameters('own'))]"}""",
            PolicyTrial.Account(""" "properties": {"networkAcls": {"ipRules": [{"value": "10.0.0.2"}]}} """),
            """ "parameters": {"own": {"type": "String", "defaultValue": "10.0.0.2"}} """);

        Assert.Equal(
            (Truth.True, "if", $"{IpRules}[*].value in [\"10.0.0.1\",\"10.0.0.2\"]", "[\"10.0.0.2\"]"),
            (trace.Result, trace.Path, trace.Text, trace.Found));
    }

    private static SnapshotResource Network(string prefixes) => PolicyTrial.Resource(
        "Microsoft.Network/virtualNetworks",
        $$""" "properties": {"addressSpace": {"addressPrefixes": [{{prefixes}}]} } """);

    private static string Count(string field, string where, string how, int target) =>
        $$"""
        {"count": {"field": "{{field}}"{{(where.Length == 0 ? "" : $", \"where\": {where}")}} }, "{{how}}": {{target}}}
        """;
}

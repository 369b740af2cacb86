using Landfall.Azure.Checking;
using Landfall.Azure.Checking.Rules;

namespace Landfall.Azure.Tests.Checking;

/// <summary>Rules about what resources have to do with each other: ids, duplicates, names, references.</summary>
public sealed class ReferenceRulesTests
{
    private const string Network = "Microsoft.Network/virtualNetworks";
    private const string Factory = "Microsoft.DataFactory/factories";
    private const string Vault = "Microsoft.KeyVault/vaults";

    [Theory]
    [InlineData("/providers/Microsoft.Network/virtualNetworks/v", true)]
    [InlineData("/providers/microsoft.network/VIRTUALNETWORKS/v/subnets/services", true)]
    [InlineData("/providers/Microsoft.Network/virtualNetworks/v/subnets/service", false)]
    [InlineData("/providers/Microsoft.Network/virtualNetworks/w", false)]
    [InlineData("/providers/Microsoft.Network/virtualNetworks/v/subnets/services/ipConfigurations/x", false)]
    [InlineData("/providers/Microsoft.Network/applicationGateways/gw/frontendIPConfigurations/front", true)]
    [InlineData("/providers/Microsoft.Network/applicationGateways/gw/frontendIPConfigurations/back", false)]
    [InlineData("/providers/Microsoft.Storage/storageAccounts/a/blobServices/default", true)]
    [InlineData("/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", false)]
    [InlineData("/providers/Microsoft.Synapse/workspaces/*", true)]
    public void Id_InTheGroup_IsKnownWhereSomethingHasIt(string id, bool isKnown) =>
        Assert.Equal(isKnown ? [] : ["LF5110 Microsoft.Web/sites/s tags.id"], Naming(TestScope.Group + id));

    [Theory]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000002", true)]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000009", false)]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/h", false)]
    [InlineData("/subscriptions/x/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/z", true)]
    [InlineData("/subscriptions/x/resourceGroups/dnsother", false)]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/managed/providers/A.B/c/d", true)]
    [InlineData("/subscriptions/s/providers/Microsoft.Web/locations/westeurope/managedApis/sql", true)]
    [InlineData("/providers/Microsoft.Authorization/policyDefinitions/p", true)]
    [InlineData("/subscriptions/{id}/x", true)]
    [InlineData("/api/subscriptions", true)]
    public void Id_Elsewhere_IsKnownWhereItIsThereAlready(string id, bool isKnown) =>
        Assert.Equal(isKnown ? [] : ["LF5110 Microsoft.Web/sites/s tags.id"], Naming(id));

    [Fact]
    public void Id_OfAnotherDeployment_IsKnown() => Assert.Empty(new TestScope()
        .Add(Vault, "v", deployment: "one")
        .Add("Microsoft.Web/sites", "s", $$""" "tags": {"id": "{{TestScope.Id(Vault, "v")}}"} """, "other")
        .Check(new ReferenceRule()));

    [Theory]
    [InlineData("/subscriptions/x/resourceGroups/g", FindingSeverity.Note)]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/h", FindingSeverity.Note)]
    [InlineData(TestScope.Group + "/providers/Microsoft.KeyVault/vaults/gone", FindingSeverity.Error)]
    public void Id_InAFolderOfOthers_IsANoteWhereItLiesOutside(string id, FindingSeverity severity) => Assert.Equal(
        severity,
        Assert.Single(new TestScope { IsForeign = true }
            .Add("Microsoft.Web/sites", "s", $$""" "tags": {"id": "{{id}}"} """).Check(new ReferenceRule())).Severity);

    [Fact]
    public void Duplicate_InOneDeploymentOrTwo_IsFoundWhateverTheCase()
    {
        Assert.Equal(
            ["LF5109 Microsoft.KeyVault/vaults/V"],
            new TestScope().Add(Vault, "v").Add(Vault, "V").Find(new DuplicateRule()));
        Assert.Single(new TestScope().Add(Vault, "v").Add(Vault, "v", "", "other").Check(new DuplicateRule()));
        Assert.Single(new TestScope().Add(Vault, "v", id: "[f(x())]").Add(Vault, "v", id: "[f(x())]")
            .Check(new DuplicateRule()));
        Assert.Empty(new TestScope().Add(Vault, "v").Add(Vault, "w").Check(new DuplicateRule()));
    }

    [Theory]
    [InlineData("westeurope", false)]
    [InlineData("northeurope", true)]
    public void Duplicate_Group_IsFoundWhereItDiffers(string location, bool isFound) => Assert.Equal(
        isFound ? 1 : 0,
        new TestScope().Add(
            "Microsoft.Resources/resourceGroups", "g", $$""" "location": "{{location}}" """, "other", TestScope.Group)
            .Check(new DuplicateRule()).Length);

    [Fact]
    public void GlobalNames_OfTwoEnvironments_AreFoundWhereTheIdsDiffer()
    {
        CheckScope dev = new TestScope().Add(Vault, "kv").Add(Network, "v").Build();
        CheckScope prod = new TestScope().Add(Vault, "kv", id: "/subscriptions/p/resourceGroups/g/kv")
            .Add(Network, "v", id: "/subscriptions/p/resourceGroups/g/v").Build("prod");

        Finding found = Assert.Single(GlobalNames.Check([dev, prod]));
        Assert.Equal(("LF5108", "prod"), (found.Code, found.Environment));
        Assert.Empty(GlobalNames.Check([dev, dev]));
    }

    [Theory]
    [InlineData("LinkedServiceReference", "lake", false)]
    [InlineData("LinkedServiceReference", "lakes", true)]
    [InlineData("DatasetReference", "lake", true)]
    [InlineData("IntegrationRuntimeReference", "AutoResolveIntegrationRuntime", false)]
    [InlineData("PipelineReference", "@pipeline().parameters.next", false)]
    [InlineData("SomethingElse", "x", false)]
    public void FactoryReference_ToWhatTheFactoryHasNot_IsFound(string type, string name, bool isFound) => Assert.Equal(
        isFound ? [$"LF5120 {Factory}/f/pipelines/p properties.activities[0].x.referenceName"] : [],
        new TestScope().Add(Factory, "f").Add(Factory + "/linkedservices", "f/lake").Add(
            Factory + "/pipelines", "f/p",
            $$$""" "properties": {"activities": [{"x": {"type": "{{{type}}}", "referenceName": "{{{name}}}"}}]} """)
            .Find(new FactoryReferenceRule()));

    [Fact]
    public void FactoryReference_InAFactoryOfOthers_IsNotFound() => Assert.Empty(new TestScope().Add(
        Factory + "/pipelines", "f/p",
        """ "properties": {"x": {"type": "DatasetReference", "referenceName": "there"}} """)
        .Check(new FactoryReferenceRule()));

    private static string[] Naming(string id) =>
        new TestScope { Existing = ["/subscriptions/x/resourceGroups/dns/"] }
            .Add(Network, "v", """ "properties": {"subnets": [{"name": "services"}]} """)
            .Add(
                "Microsoft.Network/applicationGateways", "gw",
                """ "properties": {"frontendIPConfigurations": [{"name": "front"}]} """)
            .Add("Microsoft.Storage/storageAccounts", "a")
            .Add(
                "Microsoft.Databricks/workspaces", "d",
                $$"""
                "properties":
                  {"managedResourceGroupId": "/subscriptions/{{TestScope.Subscription}}/resourceGroups/managed"}
                """)
            .Add("Microsoft.Web/sites", "s", $$""" "tags": {"id": "{{id}}"} """)
            .Find(new ReferenceRule());
}

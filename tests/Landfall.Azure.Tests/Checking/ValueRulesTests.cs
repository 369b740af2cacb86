using Landfall.Azure.Checking;
using Landfall.Azure.Checking.Rules;

namespace Landfall.Azure.Tests.Checking;

/// <summary>Rules about single values: words, versions, roles, names, locations and secrets.</summary>
public sealed class ValueRulesTests
{
    private const string Account = "Microsoft.Storage/storageAccounts";

    [Theory]
    [InlineData(""" "sku": {"name": "Standard_LSR"} """, "sku.name", "Did you mean Standard_LRS?")]
    [InlineData(""" "properties": {"minimumTlsVersion": "TLS1_4"} """, "properties.minimumTlsVersion", "TLS1_2")]
    [InlineData(""" "kind": "StorageV3" """, "kind", "StorageV2")]
    [InlineData(""" "properties": {"networkAcls": {"bypass": "Logging, Metrix", "defaultAction": "Deny"}} """,
        "properties.networkAcls.bypass", "Metrics")]
    public void ListedValue_NotListed_IsFoundWithTheRightOne(string rest, string path, string fix)
    {
        Finding found = Assert.Single(new TestScope().Add(Account, "a", rest).Check(new ListedValueRule()));

        Assert.Equal("LF5103", found.Code);
        Assert.EndsWith(" " + path, found.Place, StringComparison.Ordinal);
        Assert.Contains(fix, found.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "sku": {"name": "standard_lrs"}, "identity": {"type": "SystemAssigned, UserAssigned"} """)]
    [InlineData(""" "identity": {"type": "SystemAssigned,UserAssigned"}, "kind": "[parameters('kind')]" """)]
    [InlineData(""" "properties": {"networkAcls": {"bypass": "Logging, Metrics", "defaultAction": "Deny"}} """)]
    public void ListedValue_ListedUnknownOrCombined_IsNotFound(string rest) =>
        Assert.Empty(new TestScope().Add(Account, "a", rest).Check(new ListedValueRule()));

    [Theory]
    [InlineData("Microsoft.KeyVault/vaults@2021-11-01-preview", "LF5104")]
    [InlineData("Microsoft.KeyVault/vaults@2023-07-01", "LF5104")]
    [InlineData("Microsoft.KeyVault/vaults@2019-01-01", "LF5105")]
    [InlineData("Microsoft.KeyVault/vault@2023-07-01", "LF5105")]
    [InlineData("Microsoft.DBforMySQL/servers@2017-12-01", "LF5105")]
    [InlineData("Microsoft.Insights/diagnosticSettings@2021-05-01-preview", null)]
    [InlineData("microsoft.keyvault/vaults", null)]
    public void ApiVersion_NotTheNewestStable_IsFound(string type, string? code) => Assert.Equal(
        code, new TestScope().Add(type, "a").Check(new ApiVersionRule()).Select(f => f.Code).SingleOrDefault());

    [Fact]
    public void ApiVersion_OfManyResources_IsFoundOncePerDeployment()
    {
        TestScope scope = new();
        foreach (string name in new[] { "a", "b", "c" })
        {
            scope.Add("Microsoft.KeyVault/vaults@2023-07-01", name).Add(
                "Microsoft.KeyVault/vaults@2023-07-01", name + "2", deployment: "other");
        }

        Assert.Equal(2, scope.Check(new ApiVersionRule()).Length);
    }

    [Theory]
    [InlineData("/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe", false)]
    [InlineData(
        "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/BA92F5B4-2d11-453d-a403-e96b0029c9fe",
        false)]
    [InlineData("[parameters('role')]", false)]
    [InlineData("/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9ff", true)]
    [InlineData("Storage Blob Data Contributor", true)]
    [InlineData("ba92f5b4-2d11-453d-a403-e96b0029c9fe", true)]
    public void Role_ThatIsNone_IsFound(string role, bool isFound) => Assert.Equal(
        isFound ? ["LF5106 Microsoft.Authorization/roleAssignments/r properties.roleDefinitionId"] : [],
        new TestScope().Add(
            "Microsoft.Authorization/roleAssignments", "r", $$""" "properties": {"roleDefinitionId": "{{role}}"} """)
            .Find(new RoleRule()));

    [Fact]
    public void Role_OfADeployment_IsKnown() => Assert.Empty(new TestScope()
        .Add("Microsoft.Authorization/roleDefinitions", "11111111-1111-4111-8111-111111111111")
        .Add(
            "Microsoft.Authorization/roleAssignments", "r",
            """
            "properties": {"roleDefinitionId":
              "/providers/Microsoft.Authorization/roleDefinitions/11111111-1111-4111-8111-111111111111"}
            """)
        .Check(new RoleRule()));

    [Theory]
    [InlineData(Account, "relecloudraw", true)]
    [InlineData(Account, "relecloud-raw", false)]
    [InlineData(Account, "relecloudlandingzonebilling", false)]
    [InlineData("Microsoft.Storage/storageAccounts/blobServices/containers", "a/default/two--hyphens", false)]
    [InlineData("Microsoft.KeyVault/vaults", "kv-relecloud-billing-dev", true)]
    [InlineData("Microsoft.KeyVault/vaults", "kv-relecloud-billing-dev1", false)]
    [InlineData("Microsoft.KeyVault/vaults", "1kv", false)]
    [InlineData("Microsoft.Synapse/workspaces/bigDataPools", "w/sharedpool", true)]
    [InlineData("Microsoft.Synapse/workspaces/bigDataPools", "w/shared-pool", false)]
    [InlineData("Microsoft.ContainerRegistry/registries", "cr-relecloud", false)]
    [InlineData("Microsoft.MachineLearningServices/workspaces", "ml", false)]
    [InlineData("Microsoft.App/jobs", "job-with-a-name-that-is-far-too-long", false)]
    [InlineData("Microsoft.Authorization/roleAssignments", "reader", false)]
    [InlineData("Microsoft.Authorization/roleAssignments", "[guid(reference('x').y)]", true)]
    [InlineData("Microsoft.Network/virtualNetworks/subnets", "v/services", true)]
    [InlineData("Microsoft.Network/virtualNetworks/subnets", "v/-services", false)]
    public void Name_ThatAzureRefuses_IsFound(string type, string name, bool isRight)
    {
        string id = $"{TestScope.Group}/providers/{type}/x";
        Assert.Equal(
            isRight ? [] : ["LF5107"],
            new TestScope().Add(type, name, id: id).Check(new NameRule()).Select(f => f.Code));
    }

    [Fact]
    public void Name_WithoutARowInTheTable_IsCheckedByItsType() => Assert.Equal(
        ["LF5107 Microsoft.AppConfiguration/configurationStores/a name"],
        new TestScope().Add("Microsoft.AppConfiguration/configurationStores", "a").Find(new NameRule()));

    [Theory]
    [InlineData("Microsoft.KeyVault/vaults", "westeurope", null)]
    [InlineData("Microsoft.KeyVault/vaults", "West Europe", null)]
    [InlineData("Microsoft.KeyVault/vaults", "[parameters('location')]", null)]
    [InlineData("Microsoft.KeyVault/vaults", "northeurope", "LF5119")]
    [InlineData("Microsoft.KeyVault/vaults", "westeurop", "LF5118")]
    [InlineData("Microsoft.KeyVault/vaults", "global", "LF5118")]
    [InlineData("Microsoft.Network/privateDnsZones", "global", null)]
    [InlineData("Microsoft.Network/privateDnsZones", "westeurope", "LF5118")]
    [InlineData("Microsoft.Insights/actionGroups", "global", null)]
    public void Location_ThatIsNotTheEnvironments_IsFound(string type, string location, string? code) => Assert.Equal(
        code,
        new TestScope().Add(type, "a", $$""" "location": "{{location}}" """).Check(new LocationRule())
            .Select(f => f.Code).SingleOrDefault());

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abcdefghijklmnopqrstuvwxyz0123456789==")]
    [InlineData("Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=abcdefghijklmnopqrstuvwxyz=")]
    [InlineData("Server=x;User ID=sa;Password=hunter22;")]
    [InlineData("[format('Server={0};Password=hunter22;', reference('x').fqdn)]")]
    [InlineData("https://a.blob.core.windows.net/c?sv=1&sig=abcdefghijklmnopqrstuvwxyz%3D")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl")]
    public void Secret_InAText_IsFoundAndNotShown(string secret)
    {
        Finding found = Assert.Single(new TestScope()
            .Add("Microsoft.Web/sites", "a", $$""" "tags": {"x": "{{secret}}"} """).Check(new SecretRule()));

        Assert.Equal("LF5121", found.Code);
        Assert.EndsWith(" tags.x", found.Place, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[..8], found.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password=[parameters('p')];")]
    [InlineData("[format('Server=x;Password={0};', parameters('p'))]")]
    [InlineData("Integrated Security=True;Encrypt=True")]
    [InlineData("https://a.blob.core.windows.net/c?sv=1")]
    public void Secret_InATextWithout_IsNotFound(string text) => Assert.Empty(new TestScope()
        .Add("Microsoft.Web/sites", "a", $$""" "tags": {"x": "{{text}}"} """).Check(new SecretRule()));

    [Fact]
    public void Secret_InAPropertyThatTypesHide_IsFound() => Assert.Equal(
        ["LF5121 Microsoft.Sql/servers/a properties.administratorLoginPassword"],
        new TestScope().Add(
            "Microsoft.Sql/servers", "a",
            """ "properties": {"administratorLogin": "sa", "administratorLoginPassword": "x"} """)
            .Add(
                "Microsoft.Sql/servers", "b", """ "properties": {"administratorLoginPassword": "[parameters('p')]"} """)
            .Find(new SecretRule()));

    [Fact]
    public void Secret_InALinkedService_IsFound() => Assert.Equal(
        ["LF5121 Microsoft.DataFactory/factories/f/linkedservices/s properties.typeProperties.password.value"],
        new TestScope().Add(
            "Microsoft.DataFactory/factories/linkedservices", "f/s",
            """
            "properties": {"type": "SqlServer", "typeProperties": {
              "password": {"type": "SecureString", "value": "x"}}}
            """)
            .Find(new SecretRule()));

    [Fact]
    public void Secret_OfSecureParameters_IsFoundAsValueAndDefaultAtAnyDepth() => Assert.Equal(
        [
            "LF5121 groups.bicepparam parameters.given",
            "LF5121 groups.bicepparam parameters.standard.defaultValue",
            "LF5121 groups.bicepparam resources[0].properties.template.parameters.inner.defaultValue",
        ],
        new TestScope
        {
            Parameters =
                """
                {"parameters": {"given": {"value": "x"}, "plain": {"value": "x"},
                  "vault": {"reference": {"keyVault": {"id": "y"}, "secretName": "z"}}}}
                """,
            Template =
                """
                {"parameters": {"given": {"type": "securestring"}, "plain": {"type": "string"},
                   "vault": {"type": "secureString"}, "standard": {"type": "secureObject", "defaultValue": {"a": "b"}},
                   "made": {"type": "securestring", "defaultValue": "[newGuid()]"}},
                 "resources": [{"type": "Microsoft.Resources/deployments", "properties": {"template": {
                   "parameters": {"inner": {"type": "securestring", "defaultValue": "x"}}}}}]}
                """,
        }.Find(new SecretRule()));

    [Fact]
    public void Template_OverTheLimits_IsFound()
    {
        string nested = string.Join(",", Enumerable.Repeat(
            """{"type": "Microsoft.Resources/deployments", "properties": {"template": {}}}""", 101));

        Assert.Equal(
            ["LF5122", "LF5123"],
            new TestScope { Template = $$"""{"resources": [{{nested}}], "x": "{{new string('x', 1024 * 1024)}}"}""" }
                .Check(new TemplateLimitRule()).Select(f => f.Code));
        Assert.Empty(new TestScope().Check(new TemplateLimitRule()));
    }

    [Theory]
    [InlineData("Error", FindingSeverity.Error)]
    [InlineData("Warning", FindingSeverity.Warning)]
    [InlineData("Info", FindingSeverity.Warning)]
    public void Bicep_OfAnyLevel_IsFoundWithItsPlace(string level, FindingSeverity severity)
    {
        Finding found = Assert.Single(new TestScope
        {
            Diagnostics = [new("a/main.bicep", new(new(2, 4), new(2, 9)), level, "BCP036", "Wrong.")],
        }.Check(new BicepRule()));

        Assert.Equal(("LF5101", severity, "a/main.bicep:3:5"), (found.Code, found.Severity, found.Place));
    }
}

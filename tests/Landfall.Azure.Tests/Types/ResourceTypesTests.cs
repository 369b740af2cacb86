using System.Text.Json;
using Azure.Bicep.Types.Concrete;
using Landfall.Azure.Types;

namespace Landfall.Azure.Tests.Types;

public sealed class ResourceTypesTests
{
    [Theory]
    [InlineData("Microsoft.DataFactory/factories", "2018-06-01")]
    [InlineData("microsoft.datafactory/FACTORIES", "2018-06-01")]
    [InlineData("Microsoft.Authorization/roleAssignments", "2022-04-01")]
    [InlineData("Microsoft.Insights/diagnosticSettings", "2016-09-01")]
    [InlineData("Microsoft.Lake/ponds", null)]
    public void Newest_OfAType_IsStableWhateverTheCase(string type, string? version) =>
        Assert.Equal(version, ResourceTypes.All.Newest(type));

    [Fact]
    public void Body_OfAnUnknownVersion_IsNone() =>
        Assert.Null(ResourceTypes.All.Body("Microsoft.KeyVault/vaults", "1999-01-01"));

    [Fact]
    public void TypedValues_OfAResource_HaveTypesAtEveryDepth()
    {
        TypeBase type = ResourceTypes.All.Body("Microsoft.Storage/storageAccounts", "2025-01-01")!;
        using var body = JsonDocument.Parse(
            """
            {"kind": "StorageV2", "sku": {"name": "x"}, "properties": {"networkAcls": {"ipRules": [{"value": "y"}]}}}
            """);

        Assert.Equal(
            ["kind", "sku.name", "properties.networkAcls.ipRules[0].value"],
            TypedValue.Of(body.RootElement, type).Select(v => v.Path));
        TypedValue sku = TypedValue.Of(body.RootElement, type).Single(v => v.Path == "sku.name");
        Assert.Contains("Standard_LRS", ValueList.Of(sku.Type));
    }

    [Fact]
    public void TypedValues_OfAVariant_FollowItsDiscriminator()
    {
        TypeBase type = ResourceTypes.All.Body("Microsoft.DataFactory/factories/linkedservices", "2018-06-01")!;
        using var body = JsonDocument.Parse(
            """
            {"properties": {"type": "SqlServer", "typeProperties": {
              "password": {"type": "SecureString", "value": "x"}}}}
            """);

        Assert.Contains(
            TypedValue.Of(body.RootElement, type), v => v.Path == "properties.typeProperties.password.value");
    }
}

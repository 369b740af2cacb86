using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Estate.Azure;

namespace Landfall.Azure.Generation;

/// <summary>The deployment of an integration or product with a resource group of its own.</summary>
internal static class UnitDeployment
{
    /// <summary>Name of a runtime that somebody else's machine runs.</summary>
    public const string Runtime = "self-hosted";

    /// <summary>Puts it together.</summary>
    public static DeploymentTemplate<Placement> Of(ZoneDesign zone, HostedUnit unit)
    {
        DeploymentTemplate<Placement> template = new(
            unit.Deployment, $"{unit.Id} of the landing zone {zone.Zone.Title}, in a resource group of its own.");
        DeploymentBlocks blocks = new(template, unit.Zone, unit.Owner, zone.Zone.CostCentre, unit, zone.HasNetwork);
        Expression group = blocks.Group("group", Groups.Of(unit.Id));
        Expression identity = blocks.Identity(
            "identity", group, blocks.Names.Add("identity", p => p.Identity(unit.Id)));
        Call lake = new("resourceGroup", blocks.GroupName("lakeGroup", Groups.Lake));
        LakeRoles roles = new(template);
        roles.Add(unit, identity);
        switch (unit.Service)
        {
            case AzureServices.DataFactory:
                DataFactory(blocks, unit, group, identity);
                break;
            case AzureServices.Synapse:
                Synapse(blocks, unit, group, identity, roles);
                break;
            case AzureServices.MachineLearning:
                MachineLearningDeployment.Add(blocks, unit, group, identity);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(unit), unit.Service, "No service of units.");
        }

        roles.Write("lakeRoles", lake);
        return template;
    }

    private static void DataFactory(DeploymentBlocks blocks, HostedUnit unit, Expression group, Expression identity)
    {
        Expression name = blocks.Names.Add("factory", p => p.Unique(47, "adf", unit.Zone, unit.Id));
        BicepObject parameters = blocks.Head(name);
        parameters.Add("roleAssignments", blocks.OwnerRole(RoleNames.Contributor));
        _ = blocks.WithDiagnostics(parameters);
        parameters.Add("privateEndpoints", (Call[])
        [
            blocks.Endpoint(name, "dataFactory", "dataFactory"), blocks.Endpoint(name, "portal", "dataFactoryPortal"),
        ]);
        parameters.Add("userAssignedIdentityResourceId", new Expression($"{identity}.outputs.resourceId"));
        parameters.Add("managedPrivateEndpoints", ((string[])[LakeAccounts.Raw, LakeAccounts.Lake]).Select(
            a => new BicepObject
            {
                { "name", a },
                { "groupId", "dfs" },
                { "privateLinkResourceId", blocks.Ids.Add(a, p => p.LakeId(unit.Zone, a)) },
            }));
        Expression factory = blocks.Template.Module("factory", "data-factory", group, parameters);
        if (unit.Azure.Runtime == AzureServices.SelfHosted)
        {
            SelfHosted(blocks, "data-factory-integration-runtime", "factoryName", group, name, factory);
        }
    }

    private static void Synapse(
        DeploymentBlocks blocks, HostedUnit unit, Expression group, Expression identity, LakeRoles roles)
    {
        Expression workspace = SynapseBlock.Add(
            blocks, group, unit.Owner, [new($"{identity}.outputs.resourceId")], roles);
        if (unit.Azure.Runtime == AzureServices.SelfHosted)
        {
            SelfHosted(
                blocks, "synapse-integration-runtime", "workspaceName", group, blocks.Names.Of("synapse"), workspace);
        }
    }

    private static void SelfHosted(
        DeploymentBlocks blocks, string module, string parent, Expression group, Expression name, Expression after) =>
        blocks.Template.Module(
            "selfHostedRuntime", module, group,
            new() { { "name", Runtime }, { "purpose", SelfHostedPurpose }, { parent, name } }, after.Text);

    /// <summary>Why there is a runtime that somebody else's machine runs.</summary>
    public const string SelfHostedPurpose = "Reads sources that only a machine near them reaches.";
}

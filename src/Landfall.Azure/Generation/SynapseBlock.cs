using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>
/// The Synapse workspace of a zone or unit: its endpoints, its administrators, the folder of its own files.
/// </summary>
internal static class SynapseBlock
{
    /// <summary>The storage account of its own files, which the zone's deployment makes.</summary>
    private const string Account = LakeAccounts.Work;

    private const string Container = "workspace";

    /// <summary>Adds it, with the role by which it keeps its own files; <c>synapse</c> among the names.</summary>
    /// <param name="blocks">The deployment.</param>
    /// <param name="group">Its resource group.</param>
    /// <param name="owner">The group that administers it.</param>
    /// <param name="identities">Ids of the identities of units that work in it.</param>
    /// <param name="roles">Roles on the zone's lake.</param>
    public static Expression Add(
        DeploymentBlocks blocks, Expression group, string owner, Expression[] identities, LakeRoles roles)
    {
        Expression name = blocks.Names.Add("synapse", p => NameOf(p, blocks));
        BicepObject parameters = blocks.Head(name);
        _ = blocks.WithDiagnostics(parameters);
        parameters.Add("privateEndpoints", (Call[])
        [
            blocks.Endpoint(name, "Sql", "synapseSql"),
            blocks.Endpoint(name, "SqlOnDemand", "synapseSql"),
            blocks.Endpoint(name, "Dev", "synapseDev"),
        ]);
        parameters.Add("userAssignedIdentityResourceIds", identities);
        parameters.Add("managedResourceGroupName", blocks.Names.Add(
            "synapseManagedGroup", p => p.Group(blocks.Zone, ManagedGroup(blocks))));
        parameters.Add("defaultDataLakeStorageAccountResourceId", blocks.Unit is null
            ? new Expression($"{Account}.outputs.resourceId")
            : blocks.Ids.Add(Account, p => p.LakeId(blocks.Zone, Account)));
        parameters.Add("defaultDataLakeStorageAccountUrl", blocks.Template.Parameter(
            "lakeUrl", "Address of the data lake endpoint of the account that Synapse keeps its own files in.",
            "string", p => $"https://{p.Storage(blocks.Zone, Account)}.dfs.core.windows.net"));
        parameters.Add("defaultDataLakeStorageFilesystem", Container);
        parameters.Add("administratorObjectId", blocks.OwnerGroup);
        parameters.Add("administratorLogin", owner);
        Expression workspace = blocks.Template.Module(
            "synapse", "synapse-workspace", group, parameters, blocks.Unit is null ? [$"{Account}Containers"] : []);
        roles.Add(
            "synapseFiles", new($"{workspace}.outputs.principalId"), RoleNames.BlobDataContributor,
            "Synapse keeps its own files.",
            p => LakeCondition.Write([p.Storage(blocks.Zone, Account)], [Container], ManagedFolder(p, blocks)));
        return workspace;
    }

    /// <summary>Synapse writes below <c>synapse/workspaces/NAME/</c> of its container.</summary>
    private static string ManagedFolder(Placement placement, DeploymentBlocks blocks) =>
        $"synapse/workspaces/{NameOf(placement, blocks)}/";

    private static string NameOf(Placement placement, DeploymentBlocks blocks) =>
        placement.Synapse(blocks.Zone, blocks.Unit?.Id);

    private static string ManagedGroup(DeploymentBlocks blocks) =>
        blocks.Unit is null ? "synapse-managed" : $"{blocks.Unit.Id}-managed";
}

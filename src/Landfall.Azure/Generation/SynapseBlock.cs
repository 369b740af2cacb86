using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>A Synapse workspace: its endpoints, its administrators, the folder of its own files.</summary>
internal static class SynapseBlock
{
    /// <summary>Adds it.</summary>
    /// <param name="blocks">The deployment.</param>
    /// <param name="group">Its resource group.</param>
    /// <param name="name">Its name.</param>
    /// <param name="owner">The group that administers it.</param>
    /// <param name="identities">Ids of the identities of units that work in it.</param>
    /// <param name="lakeAccount">
    /// The storage account of its own files: a module of the deployment, or its name where another one makes it.
    /// </param>
    public static Expression Add(
        DeploymentBlocks blocks, Expression group, Expression name, string owner, Expression[] identities,
        string lakeAccount, bool isLakeElsewhere = false)
    {
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
        parameters.Add("defaultDataLakeStorageAccountResourceId", isLakeElsewhere
            ? blocks.Ids.Add(lakeAccount, p => p.LakeId(blocks.Zone, lakeAccount))
            : new Expression($"{lakeAccount}.outputs.resourceId"));
        parameters.Add("defaultDataLakeStorageAccountUrl", blocks.Template.Parameter(
            "lakeUrl", "Address of the data lake endpoint of the account that Synapse keeps its own files in.",
            "string", p => $"https://{p.Storage(blocks.Zone, lakeAccount)}.dfs.core.windows.net"));
        parameters.Add("defaultDataLakeStorageFilesystem", "workspace");
        parameters.Add("administratorObjectId", blocks.OwnerGroup);
        parameters.Add("administratorLogin", owner);
        return blocks.Template.Module(
            "synapse", "synapse-workspace", group, parameters,
            isLakeElsewhere ? [] : [$"{lakeAccount}Containers"]);
    }

    /// <summary>Adds the role by which the workspace keeps its own files.</summary>
    public static void AddOwnFiles(
        DeploymentBlocks blocks, Expression workspace, LakeRoles roles, string lakeAccount) =>
        roles.Add(
            "synapseFiles", new($"{workspace}.outputs.principalId"), RoleNames.BlobDataContributor,
            "Synapse keeps its own files.",
            p => LakeCondition.Write(
                [p.Storage(blocks.Zone, lakeAccount)], ["workspace"], ManagedFolder(p, blocks)));

    /// <summary>Synapse writes below <c>synapse/workspaces/NAME/</c> of its container.</summary>
    private static string ManagedFolder(Placement placement, DeploymentBlocks blocks) =>
        $"synapse/workspaces/{SynapseName(placement, blocks)}/";

    private static string SynapseName(Placement placement, DeploymentBlocks blocks) =>
        (string)blocks.Names.Values(placement).First(v => v.Key == "synapse").Value;

    private static string ManagedGroup(DeploymentBlocks blocks) =>
        blocks.Unit is null ? "synapse-managed" : $"{blocks.Unit.Id}-managed";
}

using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>The log workspace of a zone, in a resource group of its own.</summary>
internal static class MonitoringBlock
{
    private const int RetentionDays = 90;

    /// <summary>Adds it, unless all logs go to one that is there.</summary>
    public static void Add(DeploymentBlocks blocks, EstateDesign design)
    {
        if (design.HasExisting("logWorkspace"))
        {
            return;
        }

        Expression group = blocks.Group("monitoringGroup", Groups.Monitoring);
        BicepObject parameters = blocks.Head(blocks.Names.Add("logs", p => p.LogWorkspace(blocks.Zone)));
        parameters.Add("lock", blocks.Lock);
        parameters.Add("roleAssignments", blocks.OwnerRole(RoleNames.LogReader));
        parameters.Add("retentionInDays", RetentionDays);
        Expression logs = blocks.Template.Module("logs", "log-workspace", group, parameters);
        blocks.LogWorkspace = new($"{logs}.outputs.resourceId");
    }
}

using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>The log workspace of a zone, in a resource group of its own.</summary>
internal static class MonitoringBlock
{
    private const int RetentionDays = 90;

    /// <summary>Adds it.</summary>
    public static Expression Add(DeploymentBlocks blocks)
    {
        Expression group = blocks.Group("monitoringGroup", Groups.Monitoring);
        BicepObject parameters = blocks.Head(blocks.Names.Add("logs", p => p.Unique(63, "log", blocks.Zone)));
        parameters.Add("lock", blocks.Lock);
        parameters.Add("roleAssignments", blocks.OwnerRole(RoleNames.LogReader));
        parameters.Add("retentionInDays", RetentionDays);
        return blocks.Template.Module("logs", "log-workspace", group, parameters);
    }
}

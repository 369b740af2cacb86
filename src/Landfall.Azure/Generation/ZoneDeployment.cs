using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Estate.Zones;

namespace Landfall.Azure.Generation;

/// <summary>The deployment of a landing zone: network, lake, vault, logs, budget, and what its pools are.</summary>
internal static class ZoneDeployment
{
    /// <summary>Puts it together.</summary>
    public static DeploymentTemplate<Placement> Of(EstateDesign design, ZoneDesign zone)
    {
        DeploymentTemplate<Placement> template = new(zone.Zone.Id, $"The landing zone {zone.Zone.Title}.");
        DeploymentBlocks blocks = new(template, zone.Zone.Id, zone.Zone.Owner, zone.Zone.CostCentre);
        MonitoringBlock.Add(blocks, design);
        if (!zone.HasNetwork)
        {
            ZoneNetwork.Add(blocks, zone);
        }

        Expression lake = blocks.Group("lakeGroup", Groups.Lake);
        foreach ((string name, IEnumerable<string> containers) in LakeAccounts.All
            .Select(a => (a.Name, (IEnumerable<string>)a.Containers)))
        {
            Expression account = blocks.Storage(
                name, lake, p => p.Storage(zone.Zone.Id, name), isLake: true, "blob", "dfs");
            blocks.Containers(name, lake, account, containers);
        }

        blocks.Vault(blocks.Group("vaultGroup", Groups.Vault));
        Budget(blocks, design, zone.Zone);
        if (zone.HasPools)
        {
            ZoneProcessing.Add(blocks, zone, lake);
        }

        return template;
    }

    private static void Budget(DeploymentBlocks blocks, EstateDesign design, Zone zone)
    {
        if (zone.MonthlyBudget is not > 0)
        {
            return;
        }

        string[] people =
        [
            .. design.Management.Groups.Where(g => g.Id == zone.Owner).SelectMany(g => g.Members)
                .Where(design.Management.Users.Contains),
        ];
        if (people.Length == 0)
        {
            return;
        }

        _ = blocks.Template.Module("budget", "budget", scope: null, new()
        {
            { "name", blocks.Names.Add("budget", p => p.Local(63, "budget", zone.Id)) },
            { "amount", (int)Math.Ceiling(zone.MonthlyBudget.Value) },
            {
                "startDate", blocks.Template.Parameter(
                    "budgetStart", "First day of the first month of the budget.", "string",
                    p => p.Environment.BudgetStart)
            },
            { "contactEmails", people },
        });
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Engine.Running;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Ingest;

/// <summary>Says what landing and enriching would do. Looks at source folders and the lake; changes nothing.</summary>
/// <param name="lake">The lake.</param>
/// <param name="catalog">Every declared table.</param>
/// <param name="locations">Folders or files of file sources by location name, absolute.</param>
internal sealed class IntegrationPlanner(
    Lake lake, EstateCatalog catalog, IReadOnlyDictionary<string, string> locations)
{
    /// <summary>What a land step would bring.</summary>
    public async Task<PlannedLanding> PlanLandAsync(StepNode node, CancellationToken cancellationToken)
    {
        Integration integration = node.Integration!;
        if (integration.Source is not FilesSource)
        {
            return new(MayRun: true, "changes are known when the database is read", Files: null);
        }

        PendingFiles pending = PendingFiles.Find(integration, locations, await RegisterOf(node, cancellationToken));
        string bytes = string.Create(CultureInfo.InvariantCulture, $"{pending.Files.Sum(f => f.Size)} bytes");
        return new(
            pending.Files.Length > 0,
            pending.Files.Length > 0 ? $"{pending.Reason}, {bytes}" : "no new files",
            pending.Files);
    }

    /// <summary>What an enrich step would take in of what is landed already, and what landing would bring besides.</summary>
    public async Task<PlannedEnriching> PlanEnrichAsync(
        StepNode node, PlannedLanding landing, bool fullRefresh, CancellationToken cancellationToken)
    {
        EnrichTable table = await EnrichTable.LookAsync(
            lake, catalog, node, await RegisterOf(node, cancellationToken), fullRefresh, cancellationToken);
        int coming = landing.Files?.Count(f => f.Table == node.Table.Table) ?? 0;
        bool landed = table.Scope.Files.Length > 0;
        bool mayRun = landed || coming > 0 || landing is { MayRun: true, Files: null };
        string reason = landed ? table.Scope.Reason
            : coming > 0 ? string.Create(CultureInfo.InvariantCulture, $"{coming} new files")
            : mayRun ? landing.Reason
            : "up to date";
        return new(mayRun, reason, table.Scope.Rebuild || table.Scope.Mode == Enriching.EnrichMode.Replace);
    }

    private Task<Register> RegisterOf(StepNode node, CancellationToken cancellationToken) => Register.LoadAsync(
        lake, lake.UnitFolder(node.Zone.Id, LakeLayer.Raw, node.Integration!.Id), cancellationToken);
}

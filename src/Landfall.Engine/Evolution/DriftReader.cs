using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Evolution;

/// <summary>Holds an estate's contracts against those that its lake was written under. Changes nothing.</summary>
/// <param name="session">The open estate.</param>
public sealed class DriftReader(EngineSession session)
{
    /// <summary>Tables whose contract is not the one on record in a way that their readers or owners feel.</summary>
    public async Task<ImmutableArray<ContractDrift>> ReadAsync(CancellationToken cancellationToken)
    {
        var drifts = ImmutableArray.CreateBuilder<ContractDrift>();
        foreach (CatalogTable table in session.Catalog.Tables.Where(t => t.Contract is not null))
        {
            if (await session.Open(table).TryLoadAsync(null, cancellationToken) is { } snapshot
                && ContractDrift.Of(table, snapshot) is { Recorded: not null, IsOutdated: true } drift)
            {
                drifts.Add(drift);
            }
        }

        return drifts.ToImmutable();
    }

    /// <summary>The same with whom breaking ones reach in other zones.</summary>
    /// <param name="reads">The inputs of each product table.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ImmutableArray<PlannedContract>> PlanAsync(
        IReadOnlyDictionary<TableName, ImmutableArray<TableName>> reads, CancellationToken cancellationToken) =>
    [
        .. (await ReadAsync(cancellationToken)).Select(d => new PlannedContract(
            d, d.IsBreaking ? Consumer.Of(session.Estate, reads, d.Table) : [])),
    ];

    /// <summary>Changes that may not be made as they stand, in order of place.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<ContractDrift> drifts = await ReadAsync(cancellationToken);
        List<Diagnostic> found = [.. drifts.Select(d => d.Problem(session.Estate.Sources)).OfType<Diagnostic>()];
        foreach (Zone zone in session.Estate.Zones)
        {
            foreach (Integration unit in zone.Integrations)
            {
                found.AddRange(await RemovedAsync(
                    zone, unit.Id, $"integration:{unit.Id}", unit.Contract, LakeLayer.Enriched, cancellationToken));
            }

            foreach (Product unit in zone.Products)
            {
                found.AddRange(await RemovedAsync(
                    zone, unit.Id, $"product:{unit.Id}", unit.Contract, LakeLayer.Curated, cancellationToken));
            }
        }

        return [.. found.OrderBy(d => d.Location.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>A table that left a contract leaves its readers too.</summary>
    private async Task<IReadOnlyList<Diagnostic>> RemovedAsync(
        Zone zone, string unitId, string unitKey, Contract contract, LakeLayer layer,
        CancellationToken cancellationToken)
    {
        string folder = session.Lake.UnitFolder(zone.Id, layer, unitId);
        List<Diagnostic> found = [];
        foreach (string path in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
        {
            TableName name = new(zone.SqlName, TableName.SqlName(unitId), Path.GetFileName(path));
            if (!session.Catalog.TryFind(name, out _)
                && await session.Lake.Open(path).TryLoadAsync(null, cancellationToken) is { } snapshot
                && RecordedContract.Of(snapshot) is { } recorded
                && ContractVersion.Parse(contract.Version).Major <= ContractVersion.Parse(recorded.Version).Major)
            {
                found.Add(new(
                    "LF4246", Severity.Error, session.Estate.Sources.Find($"zone:{zone.Id}/{unitKey}/contract/version"),
                    $"The contract no longer has the table {name}, and its version {contract.Version} does not say so.",
                    $"The lake has it at version {recorded.Version}. Set version: "
                    + $"{ContractVersion.Parse(recorded.Version).NextMajor}, or take the change back."));
            }
        }

        return found;
    }
}

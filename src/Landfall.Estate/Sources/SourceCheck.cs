using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Sources;

/// <summary>An integration whose source is checked.</summary>
/// <param name="Estate">The estate.</param>
/// <param name="Zone">The integration's zone.</param>
/// <param name="Pool">Its pool; null where there is none of that name, which is reported elsewhere.</param>
/// <param name="Integration">The integration.</param>
/// <param name="Report">Where problems go.</param>
public sealed record SourceCheck(
    EstateDefinition Estate, Zone Zone, Pool? Pool, Integration Integration, Report Report)
{
    /// <summary>Where the integration's places are remembered.</summary>
    public string Key => $"zone:{Zone.Id}/integration:{Integration.Id}";

    /// <summary>Where a table's places are remembered.</summary>
    public string KeyOf(IntegrationTable table) => $"{Key}/table:{table.Name}";

    /// <summary>Reports a kind of source that the zone's tools do not have.</summary>
    public void RequireTool() => Report.RequireTool(
        Zone.Id, $"{Key}/source/type", Integration.Source.Type, Zone.Tools.Sources, "sources");

    /// <summary>Reports a host that is outside the egress rules, as far as it is known.</summary>
    public void RequireEgress(string host, string port)
    {
        if (host.Length > 0 && EgressTarget.Of(host, port).RefusalBy(Estate.Management) is { } refusal)
        {
            Report.Error("LF3010", $"{Key}/source/host", refusal.Problem, refusal.Advice);
        }
    }

    /// <summary>Reports secrets of a part of the source that the pool may not have.</summary>
    public void RequireSecrets(string part, string value)
    {
        foreach (string name in SecretReferences.NamesIn(value)
            .Where(n => Pool is not null && !Pool.Secrets.Contains(n)))
        {
            Report.Error(
                "LF1039", $"{Key}/source/{part}", $"The pool '{Pool!.Id}' may not have the secret '{name}'.",
                $"Add '{name}' to the pool's secrets in {Zone.Id}/zone.yaml.");
        }
    }

    /// <summary>A column of the contract; null where it has none of that name, which is reported.</summary>
    public ContractColumn? FindColumn(IntegrationTable table, string column, string place) =>
        Report.FindColumn(Integration.Contract, table.Name, column, $"{KeyOf(table)}/{place}");
}

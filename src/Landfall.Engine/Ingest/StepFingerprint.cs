using System.Security.Cryptography;
using System.Text;
using Landfall.Engine.Steps;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Ingest;

/// <summary>Changes when an enriched table must be derived from raw anew.</summary>
internal static class StepFingerprint
{
    /// <summary>
    /// Fingerprint of an enrich step: names, types and keys of its contract table, and how its source is read.
    /// </summary>
    public static string Of(StepNode step)
    {
        IntegrationTable table = step.Integration!.Tables.Single(t => t.Name == step.Table.Table);
        string contract = step.Integration.Contract.Tables.Single(t => t.Name == table.Name).Fingerprint();
        string reading = string.Join(
            '\0',
            [contract, table.Mode.ToString(), .. table.Reading.ValueRules, table.SourceTimeZone,
                .. table.Rename.OrderBy(r => r.Key, StringComparer.Ordinal)
                    .Select(r => $"{r.Key}={r.Value}")]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reading)))[..32];
    }
}

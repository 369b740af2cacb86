using System.Security.Cryptography;
using System.Text;
using Landfall.Engine.Steps;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Types;

namespace Landfall.Engine.Ingest;

/// <summary>Changes when an enriched table must be derived from raw anew.</summary>
internal static class StepFingerprint
{
    /// <summary>
    /// Version of the rules that decide which rows a table has, as its commits record it. It is raised when one of them
    /// changes, and a table that they matter to is derived again from raw: 2 is how texts become numbers, dates and
    /// times, 3 that no two rows share a key, and how JSON in Parquet becomes arrays and objects.
    /// </summary>
    public static int RulesOf(ContractTable table, LoadMode mode) =>
        (mode != LoadMode.Upsert && table.Keys.Length > 0)
            || table.Columns.Any(c => c.Type.Kind is TypeKind.Array or TypeKind.Struct) ? 3
        : table.Columns.Any(c => c.Type.Kind is TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal or TypeKind.Double
            or TypeKind.Date or TypeKind.Timestamp) ? 2
        : 1;

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

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
    /// Version of the rules by which texts become numbers, dates and times. It is raised when one of them changes:
    /// tables that were read by earlier rules are derived again from raw.
    /// </summary>
    private const int Rules = 2;

    /// <summary>
    /// Version of the rules that matter to a table, as its commits record it: the first where it has no column that
    /// they are for.
    /// </summary>
    public static int RulesOf(ContractTable table) => table.Columns.Any(c => c.Type.Kind
        is TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal or TypeKind.Double or TypeKind.Date
            or TypeKind.Timestamp) ? Rules : 1;

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

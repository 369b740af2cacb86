using Landfall.Estate;
using Landfall.Estate.Zones;

namespace Landfall.Governance;

/// <summary>The agreement to ask for, as the file that would permit a read.</summary>
public static class AgreementRequest
{
    /// <summary>Where the file belongs, relative to the estate's folder.</summary>
    public static string Path(Zone provider, TableName table, string consumerZone, string consumerProduct) =>
        $"{provider.Id}/agreements/{consumerZone}-{consumerProduct}-{table.Unit}-{table.Table}.oaas.yaml";

    /// <summary>A minimal text of it, to be completed, approved and signed by the provider.</summary>
    public static string Text(Zone provider, TableName table, string consumerZone, string consumerProduct)
    {
        string unit = provider.Integrations.FirstOrDefault(i => i.SqlName == table.Unit)?.Id
            ?? provider.Products.FirstOrDefault(p => p.SqlName == table.Unit)?.Id
            ?? table.Unit;
        return $$"""
            apiVersion: v0.9.0
            kind: AccessAgreement
            id: {{provider.Id}}-{{unit}}-{{table.Table}}-to-{{consumerZone}}-{{consumerProduct}}
            status: requested
            description:
              purpose: Say why the data is needed.
            provider: { teamId: {{provider.Id}}, dataProductId: {{unit}}, outputPortId: {{table.Table}} }
            consumer: { teamId: {{consumerZone}}, dataProductId: {{consumerProduct}} }
            # The provider approves with status: approved and
            # customProperties: [{ property: signedBy, value: USER }]

            """;
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Landfall.Estate;
using Landfall.Estate.Zones;

namespace Landfall.Governance;

/// <summary>The agreement to ask for, as the file that would permit a read.</summary>
public static class AgreementRequest
{
    /// <summary>Where the file belongs, relative to the estate's folder.</summary>
    public static string Path(
        Zone provider, TableName table, string consumerZone, string consumerProduct, int number = 1) =>
        $"{provider.Id}/agreements/{consumerZone}-{consumerProduct}-{table.Unit}-{table.Table}{Suffix(number)}"
        + ".oaas.yaml";

    /// <summary>The agreement's id.</summary>
    public static string Id(
        Zone provider, TableName table, string consumerZone, string consumerProduct, int number = 1) =>
        $"{provider.Id}-{UnitId(provider, table)}-{table.Table}-to-{consumerZone}-{consumerProduct}{Suffix(number)}";

    /// <summary>A minimal text of it, to be completed, approved and signed by the provider.</summary>
    public static string Text(Zone provider, TableName table, string consumerZone, string consumerProduct)
    {
        string unit = UnitId(provider, table);
        return $$"""
            apiVersion: v0.9.0
            kind: AccessAgreement
            id: {{Id(provider, table, consumerZone, consumerProduct)}}
            status: requested
            description:
              purpose: Say why the data is needed.
            provider: { teamId: {{provider.Id}}, dataProductId: {{unit}}, outputPortId: {{table.Table}} }
            consumer: { teamId: {{consumerZone}}, dataProductId: {{consumerProduct}} }
            # The provider approves with status: approved and
            # customProperties: [{ property: signedBy, value: USER }]

            """;
    }

    /// <summary>The text of a request with what it asks for.</summary>
    /// <param name="provider">The providing zone.</param>
    /// <param name="table">The table.</param>
    /// <param name="consumerZone">Id of the consuming zone.</param>
    /// <param name="consumerProduct">Id of the consuming product.</param>
    /// <param name="terms">What is asked for.</param>
    public static string Text(
        Zone provider, TableName table, string consumerZone, string consumerProduct, AgreementTerms terms)
    {
        string unit = UnitId(provider, table);
        List<string> properties = [$"  - {{ property: requestedBy, value: {Quoted(terms.RequestedBy)} }}"];
        if (!terms.Columns.IsEmpty)
        {
            properties.Add($"  - {{ property: columns, value: [{string.Join(", ", terms.Columns)}] }}");
        }

        string end = terms.End is { } until
            ? $"endTimestamp: {until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\n"
            : "";
        return $$"""
            apiVersion: v0.9.0
            kind: AccessAgreement
            id: {{Id(provider, table, consumerZone, consumerProduct, terms.Number)}}
            status: requested
            description:
              purpose: {{Quoted(terms.Purpose)}}
            {{end}}provider:
              teamId: {{provider.Id}}
              dataProductId: {{unit}}
              outputPortId: {{table.Table}}
            consumer:
              teamId: {{consumerZone}}
              dataProductId: {{consumerProduct}}
            customProperties:
            {{string.Join('\n', properties)}}

            """;
    }

    private static string UnitId(Zone provider, TableName table) =>
        provider.Integrations.FirstOrDefault(i => i.SqlName == table.Unit)?.Id
            ?? provider.Products.FirstOrDefault(p => p.SqlName == table.Unit)?.Id
            ?? table.Unit;

    private static string Suffix(int number) =>
        number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");

    /// <summary>A JSON string is a YAML scalar.</summary>
    private static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}

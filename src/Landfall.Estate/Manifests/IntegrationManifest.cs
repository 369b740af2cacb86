using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Reading;
using Landfall.Estate.Sources;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>&lt;zone&gt;/integrations/&lt;id&gt;/integration.yaml</c> and its contract.</summary>
internal static class IntegrationManifest
{
    /// <summary>The integration; null when the manifest cannot be read at all.</summary>
    public static Integration? Read(
        LoadContext context, string zone, string folder, ImmutableArray<ISourceManifest> kinds)
    {
        string path = $"{zone}/integrations/{folder}";
        string key = $"zone:{zone}/integration:{folder}";
        Contract contract = ContractFile.Read(context, path, key, nestedTypes: true);
        if (context.Files.ReadMapping($"{path}/integration.yaml") is not { } mapping)
        {
            _ = context.Unreadable.Add(folder);
            return null;
        }

        var section = new Section(context, mapping, $"The integration '{folder}'");
        section.Header("Integration", EstateManifest.Versions);
        UnitHead head = UnitHead.Read(section, key, folder);
        context.Mark($"{key}/serve", section.Place("serve"));
        (ISourceManifest kind, Source source) = SourceManifest.Read(section, key, kinds);
        var integration = new Integration
        {
            Id = folder,
            Zone = zone,
            Title = head.Title,
            Owner = head.Owner,
            Pool = head.Pool,
            Azure = AzureUnitManifest.Read(section, key, AzureServices.OfIntegrations, isProduct: false),
            Source = source,
            Serve = section.Words("serve", ["sql"], required: false),
            QuarantineThreshold = (double)section.Decimal("quarantineThreshold", 0, 1, 0.01m),
            Tables = Tables(section, key, kind, kinds),
            Contract = contract,
        };
        section.Close();
        return integration;
    }

    private static ImmutableArray<IntegrationTable> Tables(
        Section integration, string key, ISourceManifest kind, ImmutableArray<ISourceManifest> kinds)
    {
        ImmutableArray<IntegrationTable>.Builder tables = ImmutableArray.CreateBuilder<IntegrationTable>();
        foreach (Section section in integration.Sections("tables", "The table"))
        {
            string name = section.Text("name");
            UnitParts.MarkUnique(section, $"{key}/table:", name, "name");
            tables.Add(TableManifest.Read(section, $"{key}/table:{name}", name, kind, kinds));
            section.Close();
        }

        return tables.ToImmutable();
    }
}

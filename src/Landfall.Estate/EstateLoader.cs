using System.Collections.Immutable;
using Landfall.Estate.Agreements;
using Landfall.Estate.Azure;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Environments;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;
using Landfall.Estate.Manifests;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;
using Landfall.Estate.Validation;
using Landfall.Estate.Zones;

namespace Landfall.Estate;

/// <summary>Reads an estate's folder into immutable records.</summary>
public static class EstateLoader
{
    private static readonly string[] _zoneParts = ["integrations", "products", "agreements"];

    /// <summary>
    /// Reads and checks everything in a folder in one pass. Every problem found is among the diagnostics; nothing is
    /// thrown for what the files hold, and nothing is written. SQL is read but not parsed.
    /// </summary>
    /// <param name="folder">The folder with <c>estate.yaml</c>; relative to the working directory or absolute.</param>
    public static EstateLoadResult Load(string folder) => Load(folder, EstateKinds.Standard);

    /// <summary>The same for a program with other kinds.</summary>
    /// <param name="folder">The folder with <c>estate.yaml</c>; relative to the working directory or absolute.</param>
    /// <param name="kinds">What manifests may name.</param>
    public static EstateLoadResult Load(string folder, EstateKinds kinds)
    {
        var diagnostics = new DiagnosticBag();
        var context = new LoadContext(new(folder, diagnostics));
        EstateHead? head = EstateManifest.Read(context);
        ManagementZone? management = ManagementManifest.Read(context);
        ImmutableArray<Zone> zones = Zones(context, kinds);
        ImmutableArray<AzureEnvironment> environments = EnvironmentManifest.ReadAll(context);
        if (head is null || management is null)
        {
            return new(null, diagnostics.ToOrdered());
        }

        var estate = new EstateDefinition
        {
            Name = head.Name,
            Title = head.Title,
            Domain = head.Domain,
            Currency = head.Currency,
            Folder = context.Files.Folder,
            Targets = head.Targets,
            Prices = head.Prices,
            Management = management with { Policies = Policies(context, ManagementManifest.Id) },
            Zones = zones,
            Environments = environments,
            Sources = new(context.Places),
        };
        EstateValidator.Check(estate, kinds, new(estate.Sources, diagnostics, context.Unreadable));
        return new(diagnostics.HasErrors ? null : estate, diagnostics.ToOrdered(), estate);
    }

    private static ImmutableArray<Zone> Zones(LoadContext context, EstateKinds kinds)
    {
        ImmutableArray<Zone>.Builder zones = ImmutableArray.CreateBuilder<Zone>();
        foreach (string folder in context.Files.Folders(".").Where(f => f != ManagementManifest.Id))
        {
            bool isZone = context.Files.FileExists($"{folder}/zone.yaml")
                || _zoneParts.Any(p => context.Files.FolderExists($"{folder}/{p}"));
            if (isZone && ReadZone(context, folder, kinds) is { } zone)
            {
                zones.Add(zone);
            }
        }

        return zones.ToImmutable();
    }

    private static Zone? ReadZone(LoadContext context, string folder, EstateKinds kinds)
    {
        Zone? zone = ZoneManifest.Read(context, folder, [.. kinds.Sources.Select(k => k.Type)]);
        Integration?[] integrations =
        [
            .. context.Files.Folders($"{folder}/integrations")
                .Select(f => IntegrationManifest.Read(context, folder, f, kinds.Sources)),
        ];
        Product?[] products =
        [
            .. context.Files.Folders($"{folder}/products")
                .Select(f => ProductManifest.Read(context, folder, f, kinds.Products)),
        ];
        Agreement?[] agreements =
        [
            .. context.Files.FileNames($"{folder}/agreements")
                .Where(f => f.EndsWith(AgreementFile.Extension, StringComparison.Ordinal))
                .Select(f => AgreementFile.Read(context, folder, f)),
        ];
        return zone is null
            ? null
            : zone with
            {
                Integrations = [.. integrations.OfType<Integration>()],
                Products = [.. products.OfType<Product>()],
                Agreements = [.. agreements.OfType<Agreement>()],
                Policies = Policies(context, folder),
            };
    }

    private static ImmutableArray<PolicyFile> Policies(LoadContext context, string zone) =>
    [
        .. context.Files.FileNames($"{zone}/policies")
            .Where(f => f.EndsWith(".json", StringComparison.Ordinal))
            .Select(f => $"{zone}/policies/{f}")
            .Select(path => context.Files.ReadText(path) is { } text ? new PolicyFile(path, text) : null)
            .OfType<PolicyFile>(),
    ];
}

using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>azure</c> of pools, integrations, products and zones.</summary>
internal static class AzureUnitManifest
{
    /// <summary>What an integration or product says of Azure.</summary>
    /// <param name="unit">Its manifest.</param>
    /// <param name="key">Where its places are remembered.</param>
    /// <param name="services">The services that it may have a resource group for.</param>
    /// <param name="isProduct">Whether it may have an entry, instead of a runtime near its source.</param>
    public static AzureUnit Read(Section unit, string key, ImmutableArray<string> services, bool isProduct)
    {
        unit.Context.Mark($"{key}/azure", unit.Place("azure"));
        string what = $"The azure of '{key[(key.LastIndexOf(':') + 1)..]}'";
        if (unit.Nested("azure", what, required: false) is not { } section)
        {
            return AzureUnit.Shared;
        }

        string? service = section.Has("service") ? section.Word("service", services) : null;
        string? runtime = !isProduct && section.Has("runtime")
            ? section.Word("runtime", [AzureServices.SelfHosted])
            : null;
        AzureEntry? entry = isProduct ? Entry(section) : null;
        section.Close();
        return new(service, runtime, entry);
    }

    /// <summary>The service that a pool is; null where it says none.</summary>
    public static string? ReadPool(Section pool)
    {
        if (pool.Nested("azure", "The pool's azure", required: false) is not { } section)
        {
            return null;
        }

        string service = section.Word("service", AzureServices.OfPools);
        section.Close();
        return service;
    }

    /// <summary>What a zone has already.</summary>
    public static ImmutableArray<string> ReadExisting(Section zone, ImmutableArray<string> words)
    {
        if (zone.Nested("azure", "The zone's azure", required: false) is not { } section)
        {
            return [];
        }

        ImmutableArray<string> existing = section.Words("existing", words);
        section.Close();
        return existing;
    }

    private static AzureEntry? Entry(Section unit)
    {
        if (unit.Nested("entry", "The entry", required: false) is not { } section)
        {
            return null;
        }

        string type = section.Word("type", AzureServices.Entries);
        string authentication = "";
        if (type == AzureServices.PowerBi)
        {
            section.Refuse(["authentication"], "an entry of type gateway");
        }
        else if (type == AzureServices.Gateway || section.Has("authentication"))
        {
            authentication = section.Word("authentication", AzureServices.Authentications);
        }

        section.Close();
        return new(type, authentication);
    }
}

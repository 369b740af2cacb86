using System.Text.Json;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// What stands in a data factory refers to datasets, linked services and the like that the factory has.
/// </summary>
internal sealed class FactoryReferenceRule : ICheckRule
{
    private const string Factory = "Microsoft.DataFactory/factories";

    /// <summary>The type of child that a kind of reference names.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DatasetReference"] = "datasets",
        ["LinkedServiceReference"] = "linkedservices",
        ["IntegrationRuntimeReference"] = "integrationRuntimes",
        ["PipelineReference"] = "pipelines",
        ["DataFlowReference"] = "dataflows",
        ["CredentialReference"] = "credentials",
        ["ManagedVirtualNetworkReference"] = "managedVirtualNetworks",
    };

    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources
        .Where(r => r.Resource.Type.StartsWith(Factory + "/", StringComparison.OrdinalIgnoreCase))
        .SelectMany(r => References(r.Resource.Body, "")
            .Where(t => IsDangling(scope, r, t.Kind, t.Name))
            .Select(t => scope.At(
                r,
                t.Path,
                CheckCodes.DanglingReference,
                FindingSeverity.Error,
                $"The factory has no {t.Kind} {t.Name}.",
                "Correct the name, or deploy what it names into the same factory.")));

    /// <summary>A factory that others deploy may have what is named.</summary>
    private static bool IsDangling(CheckScope scope, CheckedResource resource, string kind, string name) =>
        ResourceId.TryAncestor(resource.Resource.Id, Factory, out string? factory)
        && scope.Ids.Find(factory) is not null
        && !scope.Ids.IsKnown($"{factory}/{kind}/{name}");

    private static IEnumerable<(string Path, string Kind, string Name)> References(JsonElement element, string path)
    {
        IEnumerable<(string Path, string Kind, string Name)> below = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject()
                .SelectMany(p => References(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
            JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => References(item, $"{path}[{i}]")),
            _ => [],
        };

        // A name that starts with @ is computed when the pipeline runs.
        return element.At("referenceName").Text() is { } name && !name.StartsWith('@')
            && element.At("type").Text() is { } word && Kinds.TryGetValue(word, out string? kind)
                ? below.Append(($"{path}.referenceName", kind, name))
                : below;
    }
}

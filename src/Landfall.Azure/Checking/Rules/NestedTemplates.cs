using System.Text.Json;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Finds the templates in a template.</summary>
internal static class NestedTemplates
{
    /// <summary>Each nested template, at whatever depth, with its place.</summary>
    public static IEnumerable<(string Path, JsonElement Template)> Of(JsonElement template, string path = "")
    {
        JsonElement resources = template.At("resources");
        IEnumerable<(string Name, JsonElement Resource)> all = resources.ValueKind == JsonValueKind.Object
            ? resources.EnumerateObject().Select(p => ($".{p.Name}", p.Value))
            : resources.Items().Select((r, i) => ($"[{i}]", r));
        return all
            .Where(r => r.Resource.At("type").Text()?.Equals(
                "Microsoft.Resources/deployments", StringComparison.OrdinalIgnoreCase) == true)
            .Select(r => (
                Path: $"{(path.Length == 0 ? "" : path + ".")}resources{r.Name}.properties.template",
                Template: r.Resource.At("properties", "template")))
            .SelectMany(r => Of(r.Template, r.Path).Prepend(r));
    }
}

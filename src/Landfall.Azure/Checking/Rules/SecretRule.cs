using System.Text.Json;
using Azure.Bicep.Types.Concrete;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Types;

namespace Landfall.Azure.Checking.Rules;

/// <summary>No secret stands in plain text. Messages say where, never what.</summary>
internal sealed class SecretRule : ICheckRule
{
    private const string Fix =
        "Take it from a vault: az.getSecret() in the file of parameters, or a reference to the vault.";

    public IEnumerable<Finding> Check(CheckScope scope) =>
        scope.Resources.SelectMany(r => InResource(scope, r))
            .Concat(scope.Deployments.SelectMany(d => InFiles(scope, d)));

    private static IEnumerable<Finding> InResource(CheckScope scope, CheckedResource resource)
    {
        TypeBase? type = CheckScope.Types.Body(resource.Resource.Type, resource.Resource.ApiVersion);
        IEnumerable<(string Path, string What)> typed = type is null
            ? []
            : TypedValue.Of(resource.Resource.Body, type)
                .Where(v => v.IsSensitive && v.Value.Text() is { Length: > 0 })
                .Select(v => (v.Path, "A value that nobody should see"));
        return typed.Concat(SecretText.PlacesIn(resource.Resource.Body)).DistinctBy(t => t.Path).Select(t => scope.At(
            resource, t.Path, CheckCodes.PlainSecret, FindingSeverity.Error, $"{t.What} stands in plain text.", Fix));
    }

    private static IEnumerable<Finding> InFiles(CheckScope scope, EvaluatedDeployment deployment)
    {
        if (deployment.Compilation is not { Template: { } template, Parameters: { } parameters })
        {
            return [];
        }

        JsonElement root = Parse(template);
        JsonElement values = Parse(parameters).At("parameters");
        IEnumerable<(string Path, string What)> secure = Secure(root.At("parameters"))
            .SelectMany(p => new[]
            {
                (Path: $"parameters.{p.Name}", Element: values.At(p.Name, "value")),
                (Path: $"parameters.{p.Name}.defaultValue", Element: p.Declaration.At("defaultValue")),
            })
            .Where(p => IsLiteral(p.Element))
            .Select(p => (p.Path, "The value of a secure parameter"));
        IEnumerable<(string Path, string What)> nested = NestedTemplates.Of(root)
            .SelectMany(t => Secure(t.Template.At("parameters"))
                .Where(p => IsLiteral(p.Declaration.At("defaultValue")))
                .Select(p => ($"{t.Path}.parameters.{p.Name}.defaultValue", "The value of a secure parameter")));
        IEnumerable<(string Path, string What)> texts =
            SecretText.PlacesIn(values, "parameters").Concat(SecretText.PlacesIn(root));
        return secure.Concat(nested).Concat(texts).DistinctBy(t => t.Item1).Select(t => scope.At(
            deployment,
            $"{deployment.Target.Parameters} {t.Item1}",
            CheckCodes.PlainSecret,
            FindingSeverity.Error,
            $"{t.Item2} stands in plain text.",
            Fix));
    }

    private static IEnumerable<(string Name, JsonElement Declaration)> Secure(JsonElement parameters) =>
        parameters.ValueKind != JsonValueKind.Object
            ? []
            : parameters.EnumerateObject()
                .Where(p => p.Value.At("type").Text()?.StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true)
                .Select(p => (p.Name, p.Value));

    private static bool IsLiteral(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.Text() is { Length: > 0 },
        JsonValueKind.Object => value.EnumerateObject().Any(p => IsLiteral(p.Value)),
        _ => false,
    };

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

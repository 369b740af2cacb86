using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Azure.Checking;
using Landfall.Azure.Compiler;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Checking;

/// <summary>An environment whose deployments make given resources; nothing is compiled.</summary>
internal sealed class TestScope
{
    public const string Subscription = "00000000-0000-0000-0000-000000000002";
    public const string Group = $"/subscriptions/{Subscription}/resourceGroups/g";

    private readonly Dictionary<string, JsonArray> _deployments = [];

    public bool IsForeign { get; init; }

    public ImmutableArray<string> Existing { get; init; } = [];

    public string Template { get; init; } = "{}";

    public string Parameters { get; init; } = "{}";

    public ImmutableArray<BicepDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>The id of a resource in the scope's group.</summary>
    public static string Id(string type, string name)
    {
        string[] types = type.Split('/');
        string[] names = name.Split('/');
        return $"{Group}/providers/{types[0]}/"
            + string.Join('/', types.Skip(1).Zip(names, (t, n) => $"{t}/{n}"));
    }

    /// <summary>Adds a resource in the newest version of its type, or in the one that the type names.</summary>
    /// <param name="type">The type, with a version or without.</param>
    /// <param name="name">The name with those of its parents.</param>
    /// <param name="rest">What else it has, as the inside of a JSON object.</param>
    /// <param name="deployment">The deployment that makes it.</param>
    /// <param name="id">Its id where it does not follow from the name.</param>
    public TestScope Add(string type, string name, string rest = "", string deployment = "main", string? id = null)
    {
        string[] parts = type.Split('@');
        JsonObject resource = JsonNode.Parse($"{{{rest}}}")!.AsObject();
        resource["id"] = id ?? Id(parts[0], name);
        resource["type"] = parts[0];
        resource["name"] = name;
        resource["apiVersion"] = parts.ElementAtOrDefault(1)
            ?? Azure.Types.ResourceTypes.All.Newest(parts[0]) ?? "2020-01-01";
        if (!_deployments.TryGetValue(deployment, out JsonArray? resources))
        {
            _deployments[deployment] = resources = [];
        }

        resources.Add(resource);
        return this;
    }

    /// <summary>What a rule finds, as <c>CODE place</c>, the place without the group.</summary>
    public string[] Find(ICheckRule rule) =>
    [
        .. Check(rule).Select(f => $"{f.Code} {f.Place}".Replace($"{Group}/providers/", "", StringComparison.Ordinal)),
    ];

    /// <summary>What a rule finds.</summary>
    public Finding[] Check(ICheckRule rule) => [.. rule.Check(Build())];

    /// <summary>The scope that rules see.</summary>
    public CheckScope Build(string environment = "dev")
    {
        Add("Microsoft.Resources/resourceGroups", "g", """ "location": "westeurope" """, "groups", Group);
        ImmutableArray<EvaluatedDeployment> deployments =
        [
            .. _deployments.Select(d => new EvaluatedDeployment(
                new(d.Key, d.Key, $"{d.Key}.bicepparam", "t", Subscription, IsForeign ? "g" : "", "westeurope"),
                new(Success: true, Diagnostics, Parameters, Template),
                Snapshot.Parse(new JsonObject { ["predictedResources"] = d.Value.DeepClone() }.ToJsonString()),
                Failure: null,
                Key: "",
                IsFromCache: false)),
        ];
        return new(new(environment, IsForeign, Existing, [.. deployments.Select(d => d.Target)]), deployments);
    }
}

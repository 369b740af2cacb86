using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Policies;

/// <summary>Policies of JSON and resources beside each other.</summary>
internal sealed class PolicyTrial
{
    public const string Subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
    public const string Group = $"{Subscription}/resourceGroups/rg";
    public const string Accounts = "Microsoft.Storage/storageAccounts";
    public const string Definitions = "/providers/Microsoft.Authorization/policyDefinitions/";

    private readonly List<(string Name, string Text)> _files = [];
    private readonly List<SnapshotResource> _beside = [];

    public DateTimeOffset Now { get; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>A resource; its body is what is given with id, type, name and version.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="rest">What else it has, as the inside of a JSON object.</param>
    /// <param name="name">Its name with those of its parents.</param>
    /// <param name="id">Its id where it does not follow from the name.</param>
    public static SnapshotResource Resource(string type, string rest = "", string name = "a", string? id = null)
    {
        string[] types = type.Split('/');
        string version = Azure.Types.ResourceTypes.All.Newest(type) ?? "2020-01-01";
        id ??= $"{Group}/providers/{types[0]}"
            + string.Concat(types.Skip(1).Zip(name.Split('/'), (t, n) => $"/{t}/{n}"));
        JsonObject body = JsonNode.Parse($"{{{rest}}}")!.AsObject();
        (body["id"], body["type"], body["name"], body["apiVersion"]) = (id, type, name, version);
        return new(id, type, name, version, JsonSerializer.SerializeToElement(body));
    }

    /// <summary>A storage account.</summary>
    public static SnapshotResource Account(string rest = "", string name = "a") => Resource(Accounts, rest, name);

    /// <summary>Adds a file of a definition.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="condition">Its condition.</param>
    /// <param name="then">What it does, or the word of an effect.</param>
    /// <param name="rest">Other properties, as the inside of a JSON object.</param>
    public PolicyTrial Define(string name, string condition, string then = "audit", string rest = "")
    {
        string effect = then.StartsWith('{') ? then : $$"""{"effect": "{{then}}"}""";
        string mode = rest.Contains("\"mode\"", StringComparison.Ordinal) ? "" : "\"mode\": \"All\",";
        string more = rest.Length == 0 ? "" : rest + ",";
        return File(name, $$"""
            {"name": "{{name}}", "properties": { {{mode}} {{more}}
              "policyRule": {"if": {{condition}}, "then": {{effect}} } } }
            """);
    }

    /// <summary>Adds a file of an assignment at a scope.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="definition">Name of its definition, or id of its set.</param>
    /// <param name="rest">Other properties, as the inside of a JSON object.</param>
    /// <param name="scope">Where it is.</param>
    public PolicyTrial Assign(string name, string definition, string rest = "", string scope = Subscription)
    {
        string id = definition.StartsWith('/') ? definition : Definitions + definition;
        string more = rest.Length == 0 ? "" : ", " + rest;
        return File(name, $$"""
            {"name": "{{name}}", "id": "{{scope}}/providers/Microsoft.Authorization/policyAssignments/{{name}}",
             "properties": {"policyDefinitionId": "{{id}}"{{more}} } }
            """);
    }

    /// <summary>Adds a file.</summary>
    public PolicyTrial File(string name, string text)
    {
        _files.Add((name, text));
        return this;
    }

    /// <summary>Adds resources that are there too.</summary>
    public PolicyTrial Beside(params SnapshotResource[] resources)
    {
        _beside.AddRange(resources);
        return this;
    }

    /// <summary>Reads the files.</summary>
    public PolicyLibrary Read()
    {
        using TestFolder folder = new();
        foreach ((string name, string text) in _files)
        {
            folder.Write(name + ".json", text);
        }

        return PolicyFiles.Read(folder.Path);
    }

    /// <summary>What the policies mean for a resource, by name of the policy; nothing is wrong with them.</summary>
    public ImmutableArray<PolicyResult> Results(SnapshotResource resource)
    {
        PolicyLibrary library = Read();
        Assert.Empty(library.Diagnostics);
        return new PolicyEvaluator(library, Now).Explain([resource, .. _beside], resource);
    }

    /// <summary>What the only policy means for a resource.</summary>
    public PolicyResult Result(SnapshotResource resource) => Assert.Single(Results(resource));

    /// <summary>What the policies mean for a resource, as <c>policy outcome</c>.</summary>
    public string[] Outcomes(SnapshotResource resource) =>
        [.. Results(resource).Select(r => $"{r.Definition} {r.Outcome}")];

    /// <summary>What a condition says of a resource.</summary>
    public static ConditionTrace Trace(string condition, SnapshotResource resource, string rest = "") =>
        new PolicyTrial().Define("p", condition, "audit", rest).Result(resource).Trace!;

    /// <summary>Whether a condition holds for a resource.</summary>
    public static Truth Truth(string condition, SnapshotResource resource, string rest = "") =>
        Trace(condition, resource, rest).Result;
}

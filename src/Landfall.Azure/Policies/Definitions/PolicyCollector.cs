using System.Text.Json;
using Landfall.Azure.Snapshots;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Takes JSON of policies, and holds them against each other.</summary>
/// <param name="diagnostics">Where problems go.</param>
/// <param name="isEstate">Whether the files are an estate's, all of which are policies.</param>
internal sealed class PolicyCollector(DiagnosticBag diagnostics, bool isEstate)
{
    private const string Provider = "/providers/Microsoft.Authorization/";

    private static readonly JsonDocumentOptions Json = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly List<PolicyDefinition> _definitions = [];
    private readonly List<PolicySet> _sets = [];
    private readonly List<PolicyAssignment> _assignments = [];
    private readonly List<PolicyExemption> _exemptions = [];
    private readonly HashSet<string> _unreadable = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="zone">Id of the zone that it is of; null outside of an estate.</param>
    public void AddFile(string path, string text, string? zone)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text, Json);
            root = document.RootElement.Clone();
            _ = JsonText.Of(root).Count();
        }
        catch (InvalidOperationException)
        {
            diagnostics.Error(
                PolicyCodes.Unreadable, new(path, 1, 1), "The file is no JSON: a text has half a character.");
            return;
        }
        catch (JsonException failure)
        {
            SourceLocation place = new(
                path, (int)(failure.LineNumber ?? 0) + 1, (int)(failure.BytePositionInLine ?? 0) + 1);
            diagnostics.Error(PolicyCodes.Unreadable, place, $"The file is no JSON: {Reason(failure)}.");
            _ = _unreadable.Add(Path.GetFileNameWithoutExtension(path));
            return;
        }

        PolicySource source = new(path, text, diagnostics);
        PolicyJson json = new(source, "", root);
        if (isEstate && (json.At("name").Text() is null || !json.At("properties").IsThere))
        {
            json.Missing(json.At("name").Text() is null ? "name" : "properties");
            _ = _unreadable.Add(json.At("name").Text() ?? Path.GetFileNameWithoutExtension(path));
            return;
        }

        string name = Path.GetFileNameWithoutExtension(path);
        if (json.At("properties").IsThere)
        {
            Add(json, json.At("properties"), Words(json, name), zone);
        }
        else if (json.At("parameters") is { IsThere: true } values && values.At("policyDefinition").At("value").IsThere)
        {
            AddDefinition(
                HeadOf(values, values.At("policyName").At("value").Text() ?? name, null, "policyDefinitions", zone),
                new(values.At("policyMode").At("value"), values.At("policyParameters").At("value")),
                values.At("policyDefinition").At("value"));
        }
        else if (json.At("parameters").At("policyDefinitions").At("value") is { IsThere: true } members)
        {
            PolicyJson set = json.At("parameters");
            _sets.Add(PolicyReader.Set(
                HeadOf(set, set.At("policySetName").At("value").Text() ?? name, null, "policySetDefinitions", zone),
                new(default, set.At("policySetParameters").At("value")),
                members));
        }
        else if (json.At("policyRule").IsThere || json.At("policyDefinitions").IsThere)
        {
            Add(json, json, Words(json, name), zone);
        }
        else
        {
            Refuse(json);
        }
    }

    /// <summary>Takes what deployments make of policies.</summary>
    public void AddSnapshot(IEnumerable<SnapshotResource> resources)
    {
        foreach (SnapshotResource resource in resources.Where(IsPolicy))
        {
            PolicySource source = new(resource.Id, text: null, diagnostics);
            PolicyJson json = new(source, "", resource.Body);
            Add(json, json.At("properties"), (resource.OwnName, resource.Id), zone: null);
        }
    }

    /// <summary>Whether a resource is a definition, set, assignment or exemption.</summary>
    public static bool IsPolicy(SnapshotResource resource) =>
        resource.Type.StartsWith("Microsoft.Authorization/polic", StringComparison.OrdinalIgnoreCase);

    /// <summary>All that was taken.</summary>
    public PolicyLibrary Collect()
    {
        PolicyReferences references = new(_definitions, _sets, _assignments, _unreadable);
        references.Check(_exemptions);
        return new(
            [.. _definitions], [.. _sets], [.. _assignments], [.. _exemptions], diagnostics.ToOrdered());
    }

    private void Add(PolicyJson whole, PolicyJson properties, (string Name, string? Id) words, string? zone)
    {
        if (properties.At("policyRule").IsThere)
        {
            AddDefinition(
                HeadOf(properties, words.Name, words.Id, "policyDefinitions", zone),
                new(properties.At("mode"), properties.At("parameters")),
                properties.At("policyRule"));
        }
        else if (properties.At("policyDefinitions").IsThere)
        {
            _sets.Add(PolicyReader.Set(
                HeadOf(properties, words.Name, words.Id, "policySetDefinitions", zone),
                new(default, properties.At("parameters")),
                properties.At("policyDefinitions")));
        }
        else if (properties.At("policyDefinitionId").IsThere)
        {
            AddTo(_assignments, PolicyReader.Assignment(
                HeadOf(properties, words.Name, words.Id, "policyAssignments", zone), properties,
                whole.At("identity")), words.Name);
        }
        else if (properties.At("policyAssignmentId").IsThere)
        {
            AddTo(_exemptions, PolicyReader.Exemption(
                HeadOf(properties, words.Name, words.Id, "policyExemptions", zone), properties), words.Name);
        }
        else
        {
            Refuse(properties);
            _ = _unreadable.Add(words.Name);
        }
    }

    private void AddDefinition(PolicyHead head, PolicyProperties properties, PolicyJson rule) =>
        AddTo(_definitions, PolicyReader.Definition(head, properties, rule), head.Name);

    private void AddTo<T>(List<T> all, T? one, string name)
        where T : class
    {
        if (one is null)
        {
            _ = _unreadable.Add(name);
        }
        else
        {
            all.Add(one);
        }
    }

    private static (string Name, string? Id) Words(PolicyJson json, string file) =>
        (json.At("name").Text() ?? file, json.At("id").Text());

    private static PolicyHead HeadOf(PolicyJson json, string name, string? id, string kind, string? zone)
    {
        string scope = json.At("scope").Text() ?? "";
        return new(
            json.Source, json.Path, id ?? $"{scope.TrimEnd('/')}{Provider}{kind}/{name}", name,
            json.At("displayName").Text() ?? name, zone);
    }

    private void Refuse(PolicyJson json)
    {
        const string Shapes = "A policy has properties with policyRule, policyDefinitions, policyDefinitionId or "
            + "policyAssignmentId.";
        bool isTemplate = json.At("$schema").Text()?.Contains("Template", StringComparison.OrdinalIgnoreCase) == true;
        if (isTemplate && !isEstate)
        {
            json.Warning(PolicyCodes.NoPolicy, "The file is a template and holds no policy: it was left out.");
        }
        else
        {
            json.Error(PolicyCodes.NoPolicy, "The file holds no policy.", Shapes);
        }
    }

    /// <summary>What the parser says, without the place at its end.</summary>
    private static string Reason(JsonException failure)
    {
        int place = failure.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        int line = failure.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        int end = place >= 0 ? place : line >= 0 ? line : failure.Message.Length;
        string text = failure.Message[..end].TrimEnd('.', ' ', '|');
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}

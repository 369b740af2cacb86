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
        string file = Path.GetFileNameWithoutExtension(path);
        if (Parse(path, text) is not { } root)
        {
            _ = _unreadable.Add(file);
            return;
        }

        PolicyJson json = new(new(path, text, diagnostics), "", root);
        if (isEstate && (json.At("name").Text() is null || !json.At("properties").IsThere))
        {
            json.Missing(json.At("name").Text() is null ? "name" : "properties");
            _ = _unreadable.Add(json.At("name").Text() ?? file);
        }
        else if (json.At("properties").IsThere)
        {
            Add(json, json.At("properties"), Words(json, file), zone);
        }
        else if (json.At("policyRule").IsThere || json.At("policyDefinitions").IsThere)
        {
            Add(json, json, Words(json, file), zone);
        }
        else if (!AddParameters(json.At("parameters"), file))
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

    /// <summary>Parameters of a template that deploys one definition or set; false where they are none.</summary>
    private bool AddParameters(PolicyJson values, string file)
    {
        string NameOf(string key) => values.At(key).At("value").Text() ?? file;
        if (values.At("policyDefinition").At("value") is { IsThere: true } rule)
        {
            AddDefinition(
                HeadOf(values, NameOf("policyName"), null, "policyDefinitions", zone: null),
                new(values.At("policyMode").At("value"), values.At("policyParameters").At("value")), rule);
        }
        else if (values.At("policyDefinitions").At("value") is { IsThere: true } members)
        {
            _sets.Add(PolicyReader.Set(
                HeadOf(values, NameOf("policySetName"), null, "policySetDefinitions", zone: null),
                new(default, values.At("policySetParameters").At("value")), members));
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>The JSON of a file; null after a report where it is none.</summary>
    private JsonElement? Parse(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Json);
            // A text with half a character fails when it is read, not here.
            _ = JsonText.Of(document.RootElement).Count();
            return document.RootElement.Clone();
        }
        catch (InvalidOperationException)
        {
            diagnostics.Error(
                PolicyCodes.Unreadable, new(path, 1, 1), "The file is no JSON: a text has half a character.");
        }
        catch (JsonException failure)
        {
            SourceLocation place = new(
                path, (int)(failure.LineNumber ?? 0) + 1, (int)(failure.BytePositionInLine ?? 0) + 1);
            diagnostics.Error(PolicyCodes.Unreadable, place, $"The file is no JSON: {Reason(failure)}.");
        }

        return null;
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

using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Aliases;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Types;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;

namespace Landfall.Azure.Policies.Cases;

/// <summary>Cases of policies in a YAML file: resources, with what a policy should mean for each.</summary>
public sealed class PolicyCases
{
    private static readonly string[] Outcomes =
        [.. Enum.GetNames<PolicyOutcome>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static readonly ImmutableDictionary<string, PolicyExpression> NoArguments =
        ImmutableDictionary.Create<string, PolicyExpression>(StringComparer.OrdinalIgnoreCase);

    private readonly ImmutableArray<PolicyCase> _cases;

    private PolicyCases(ImmutableArray<PolicyCase> cases, ImmutableArray<Diagnostic> diagnostics)
    {
        _cases = cases;
        Diagnostics = diagnostics;
    }

    /// <summary>What is wrong with the file.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>How many cases there are.</summary>
    public int Count => _cases.Length;

    /// <summary>Reads a file.</summary>
    /// <param name="folder">Absolute path of the folder that the file's path is relative to.</param>
    /// <param name="path">The file's path, with <c>/</c>.</param>
    public static PolicyCases Read(string folder, string path)
    {
        DiagnosticBag diagnostics = new();
        LoadContext context = new(new EstateFiles(folder, diagnostics));
        if (context.Files.ReadMapping(path) is not { } mapping)
        {
            return new([], diagnostics.ToOrdered());
        }

        Section file = new(context, mapping, "The file of cases");
        file.Header("PolicyTest", ["landfall/v1"]);
        ImmutableArray<PolicyCase> cases = [.. file.Sections("cases", "The case").Select(Case).OfType<PolicyCase>()];
        file.Close();
        return new(cases, diagnostics.ToOrdered());
    }

    /// <summary>Runs the cases.</summary>
    /// <param name="library">The policies.</param>
    /// <param name="now">The time, which decides whether exemptions have ended.</param>
    public IEnumerable<PolicyCaseResult> Run(PolicyLibrary library, DateTimeOffset now) =>
        _cases.Select(c => new PolicyCaseResult(c.Place, c.Name, c.Policy, Failure(c, library, now)));

    private static string? Failure(PolicyCase test, PolicyLibrary library, DateTimeOffset now)
    {
        if (Bound(test, library) is not { } bound)
        {
            string[] names = [.. library.Definitions.Select(d => d.Head.Name)];
            return test.Assignment is null
                ? $"There is no definition {test.Policy}. {Spelling.Hint(test.Policy, names)}"
                : $"The assignment {test.Assignment} does not assign {test.Policy}.";
        }

        ImmutableArray<PolicyResult> results =
            new PolicyEvaluator(bound, now).Explain([test.Resource, .. test.Beside], test.Resource);
        if (results.FirstOrDefault(r => r.Definition.Equals(test.Policy, StringComparison.OrdinalIgnoreCase))
            is not { } result)
        {
            return $"The assignment {test.Assignment} does not assign {test.Policy}.";
        }

        string decided = string.Join("; ", result.Deciding);
        return result.Outcome != test.Expected
            ? $"It is {Word(result.Outcome)} where {Word(test.Expected)} was expected: {result.Message} {decided}"
            : test.Because is not null && result.Trace?.Deciding().Any(d => d.Path == test.Because) != true
                ? $"{test.Because} does not decide it: {decided}"
                : null;
    }

    /// <summary>The policies of a case: an assignment, or a definition with values; null where there is none.</summary>
    private static PolicyLibrary? Bound(PolicyCase test, PolicyLibrary library)
    {
        PolicyDefinition? definition = library.Definitions.FirstOrDefault(
            d => d.Head.Name.Equals(test.Policy, StringComparison.OrdinalIgnoreCase));
        if (test.Assignment is null)
        {
            return definition is null ? null : library.Only(definition, test.Arguments);
        }

        PolicyAssignment? assignment = library.Assignments.FirstOrDefault(
            a => a.Head.Name.Equals(test.Assignment, StringComparison.OrdinalIgnoreCase));
        return assignment is null ? null : library.Only(assignment);
    }

    private static PolicyCase? Case(Section section)
    {
        Section? written = section.Nested("resource", "The resource");
        PolicyCase test = new(
            section.Location,
            section.Text("name"),
            section.Text("policy"),
            section.OptionalText("assignment"),
            NoArguments.SetItems(section.Entries("parameters", required: false).Select(e => KeyValuePair.Create(
                e.Key.Text,
                (PolicyExpression)new PolicyExpression.Literal(
                    PolicyValue.From(CaseJson.Of(e.Value), isEvaluated: false))))),
            written is null ? Nothing : Resource(written),
            [.. section.Sections("beside", "The resource", required: false).Select(Resource)],
            Enum.TryParse(
                section.Word("expect", [.. Outcomes]), ignoreCase: true, out PolicyOutcome expected)
                ? expected
                : default,
            section.OptionalText("because"));
        section.Close();
        return written is null ? null : test;
    }

    private static SnapshotResource Nothing { get; } = new("", "", "", "", default);

    /// <summary>A resource as a deployment would make it, with the newest version where none is written.</summary>
    private static SnapshotResource Resource(Section section)
    {
        const string Group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-test";
        string type = section.Text("type");
        string name = section.Text("name");
        string version = section.OptionalText("apiVersion") ?? ResourceTypes.All.Newest(type) ?? "";
        IEnumerable<string> parts = type.Split('/').Skip(1).Zip(name.Split('/'), (t, n) => $"/{t}/{n}");
        string id = section.OptionalText("id")
            ?? (type.EndsWith("/resourceGroups", StringComparison.OrdinalIgnoreCase)
                ? $"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/{name}"
                : $"{Group}/providers/{type.Split('/')[0]}{string.Concat(parts)}");
        Dictionary<string, object> body = new() { ["id"] = id, ["type"] = type, ["name"] = name };
        string[] shapes = ["location", "tags", "sku", "kind", "identity", "zones", "properties", "plan"];
        foreach (string key in shapes)
        {
            if (section.Find(key) is { } value)
            {
                body[key] = CaseJson.Of(value);
            }
        }

        body["apiVersion"] = version;
        section.Close();
        return new(
            id, ResourceTypeNames.OfSnapshot(type), name, version, JsonSerializer.SerializeToElement(body));
    }

    private static string Word(PolicyOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}

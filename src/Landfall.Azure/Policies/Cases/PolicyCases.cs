using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;

namespace Landfall.Azure.Policies.Cases;

/// <summary>Cases of policies in a YAML file: resources, with what a policy should mean for each.</summary>
public sealed class PolicyCases
{
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
        ImmutableArray<PolicyCase> cases =
            [.. file.Sections("cases", "The case").Select(CaseReader.Read).OfType<PolicyCase>()];
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
        if (Bound(test, library, out string wrong) is not { } bound)
        {
            return wrong;
        }

        PolicyResult? result = new PolicyEvaluator(bound, now).Explain([test.Resource, .. test.Beside], test.Resource)
            .FirstOrDefault(r => Same(r.Definition, test.Policy));
        if (result is null)
        {
            return $"The assignment {test.Assignment} does not assign {test.Policy}.";
        }

        string decided = string.Join("; ", result.Deciding);
        return result.Outcome != test.Expected
            ? $"It is {OutcomeNames.Of(result.Outcome)} "
                + $"where {OutcomeNames.Of(test.Expected)} was expected: "
                + $"{result.Message} {decided}"
            : test.Because is not null && result.Trace?.Deciding().Any(d => d.Path == test.Because) != true
                ? $"{test.Because} does not decide it: {decided}"
                : null;
    }

    /// <summary>
    /// The policies of a case: an assignment, or a definition with values; null, with what is wrong, where it has
    /// none.
    /// </summary>
    private static PolicyLibrary? Bound(PolicyCase test, PolicyLibrary library, out string wrong)
    {
        string name = test.Assignment ?? test.Policy;
        string kind = test.Assignment is null ? "definition" : "assignment";
        IEnumerable<PolicyHead> known = test.Assignment is null
            ? library.Definitions.Select(d => d.Head)
            : library.Assignments.Select(a => a.Head);
        wrong = $"There is no {kind} {name}. {Spelling.Hint(name, known.Select(h => h.Name))}";
        return test.Assignment is null
            ? library.Definitions.FirstOrDefault(d => Same(d.Head.Name, name)) is { } definition
                ? library.Only(definition, test.Arguments)
                : null
            : library.Assignments.FirstOrDefault(a => Same(a.Head.Name, name)) is { } assignment
                ? library.Only(assignment)
                : null;
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

using System.Text;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;
using Landfall.Testing;
using Landfall.Testing.Fuzzing;

namespace Landfall.Azure.Tests.Policies;

/// <summary>Files of policies with random damage: reading and evaluating them ends, and in diagnostics only.</summary>
public sealed class PolicyMutationTests
{
    /// <summary>A set of a definition p with a parameter n, an assignment of it, and an exemption from it.</summary>
    internal static readonly string[] Whole =
    [
        """
        {"name": "p", "properties": {"mode": "All",
          "parameters": {"n": {"type": "Integer", "defaultValue": 1, "allowedValues": [1, 2]}},
          "policyRule": {
            "if": {"allOf": [
              {"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
              {"anyOf": [
                {"field": "Microsoft.Storage/storageAccounts/networkAcls.ipRules[*].value", "notLike": "10.*"},
                {"value": "[length(field('tags'))]", "less": "[parameters('n')]"},
                {"not": {"count": {"field": "Microsoft.Storage/storageAccounts/networkAcls.ipRules[*]",
                  "where": {"value": "[current().value]", "match": "##.?"}}, "greater": 0}}]}]},
            "then": {"effect": "modify", "details": {
              "roleDefinitionIds": ["/providers/Microsoft.Authorization/roleDefinitions/x"],
              "operations": [{"operation": "addOrReplace", "field": "tags['env']",
                "value": "[concat('a', resourceGroup().name)]", "condition": "[equals(1, parameters('n'))]"}]}}}}}
        """,
        """
        {"name": "s", "properties": {"parameters": {"m": {"type": "Integer"}}, "policyDefinitions": [
          {"policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/p",
           "policyDefinitionReferenceId": "one", "parameters": {"n": {"value": "[parameters('m')]"}}}]}}
        """,
        """
        {"name": "b", "id": "/subscriptions/x/providers/Microsoft.Authorization/policyAssignments/b",
         "properties": {"policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/s",
          "parameters": {"m": {"value": 2}}, "notScopes": ["/subscriptions/x/resourceGroups/y"],
          "overrides": [{"kind": "policyEffect", "value": "audit", "selectors": [
            {"kind": "policyDefinitionReferenceId", "in": ["one"]}]}],
          "resourceSelectors": [{"selectors": [{"kind": "resourceLocation", "notIn": ["global"]}]}],
          "nonComplianceMessages": [{"message": "no"}]}}
        """,
        """
        {"name": "e", "id": "/subscriptions/x/providers/Microsoft.Authorization/policyExemptions/e",
         "properties": {"policyAssignmentId": "/subscriptions/x/providers/Microsoft.Authorization/policyAssignments/b",
          "policyDefinitionReferenceIds": ["one"], "exemptionCategory": "Waiver", "expiresOn": "2027-01-01"}}
        """,
    ];

    [Fact]
    public void Read_Whole_IsRight()
    {
        using TestFolder folder = new();
        Write(folder, [.. Whole.Select(Encoding.UTF8.GetBytes)]);

        Assert.Empty(PolicyFiles.Read(folder.Path).Diagnostics);
    }

    [Fact]
    public void Read_AnyMutation_EndsWithoutFailing()
    {
        int read = 0;
        string? found = FirstFailure(1500, library =>
        {
            _ = PolicyEvaluator.CheckFields(library);
            PolicyEvaluator evaluator = new(library, DateTimeOffset.UnixEpoch);
            _ = evaluator.Evaluate(Resources);
            read += evaluator.Explain(Resources, Resources[0]).Sum(r => r.Deciding.Count()) > 0 ? 1 : 0;
        });

        Assert.Null(found);
        Assert.InRange(read, 150, 1500);
    }

    [Fact]
    public void Evaluator_ThatThrows_NegativeControl_IsFound() => Assert.Contains(
        "a second set",
        FirstFailure(300, library =>
        {
            if (library.Sets.Length != 1)
            {
                throw new InvalidOperationException("a second set");
            }
        }),
        StringComparison.Ordinal);

    private static SnapshotResource[] Resources { get; } =
    [
        PolicyTrial.Account(
            """
            "tags": {"a": "b", "later": "[reference('x').y]"}, "location": "westeurope",
            "properties": {"networkAcls": {"ipRules": [{"value": "10.0.0.1"}, {"value": "[x()]"}]}}
            """) with { Id = "/subscriptions/x/resourceGroups/z/providers/Microsoft.Storage/storageAccounts/a" },
        PolicyTrial.Account(""" "properties": {"networkAcls": "[x()]"} """) with { Id = "[resourceId('a', 'b')]" },
    ];

    /// <summary>Reads damaged files and uses them; the first exception that comes, null where none does.</summary>
    private static string? FirstFailure(int rounds, Action<PolicyLibrary> use)
    {
        var seed = TestSeed.Or(5303);
        TextMutator mutator = new(
            seed.Generator(),
            "allOf", "anyOf", "not", "field", "value", "count", "where", "equals", "in", "exists", "like", "less",
            "[*]", "null", "true", "{}", "[]", "\"\"", "1e999", "-1", "effect", "append", "deny", "auditIfNotExists",
            "existenceCondition", "parameters", "current()", "field('type')", "replace", "range(0, 10000)", "\\ud800",
            "policySetDefinitions", "tags", "type", "name", "[", "]", "'", "\"[concat('a', 1)]\"");
        for (int i = 0; i < rounds; i++)
        {
            using TestFolder folder = new();
            byte[][] texts = [.. Whole.Select(Encoding.UTF8.GetBytes)];
            byte[] changed = texts[i % Whole.Length] = mutator.Mutate(Whole[i % Whole.Length]);
            Write(folder, texts);
            if (Record.Exception(() => use(PolicyFiles.Read(folder.Path))) is { } failure)
            {
                return $"{seed}, round {i}: {failure}\n{Encoding.UTF8.GetString(changed)}";
            }
        }

        return null;
    }

    private static void Write(TestFolder folder, byte[][] texts)
    {
        for (int file = 0; file < texts.Length; file++)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, $"f{file}.json"), texts[file]);
        }
    }
}

using System.Text.Json;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Tests.Generation;

namespace Landfall.Azure.Tests.Policies;

/// <summary>What the types of Azure call sensitive is compared, and never shown.</summary>
public sealed class HiddenValueTests
{
    private const string Password = "Microsoft.Sql/servers/administratorLoginPassword";
    private const string Secret = "hunter2-secret";

    [Theory]
    [InlineData($$"""{ "field": "{{Password}}", "notEquals": "" }""")]
    [InlineData($$"""{ "field": "{{Password}}", "contains": "hunter2" }""")]
    [InlineData($$"""{ "value": "[concat('x', field('{{Password}}'))]", "like": "xhunter*" }""")]
    [InlineData($$"""{ "field": "name", "notEquals": "[toUpper(field('{{Password}}'))]" }""")]
    public void Explain_OfASecret_DoesNotShowIt(string condition)
    {
        using TestFolder folder = new();
        _ = folder.Write("policy.json", $$"""
            {
              "name": "p",
              "properties": { "mode": "All", "policyRule": { "if": {{condition}}, "then": { "effect": "deny" } } }
            }
            """);
        SnapshotResource server = new(
            "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Sql/servers/s", "Microsoft.Sql/servers", "s",
            "2021-11-01", JsonSerializer.SerializeToElement(
                new { properties = new { administratorLoginPassword = Secret } }));

        PolicyResult result = Assert.Single(
            new PolicyEvaluator(PolicyFiles.Read(folder.Path), EstateCopy.Now).Explain([server], server));

        Assert.Equal(PolicyOutcome.Denied, result.Outcome);
        Assert.Contains("(hidden)", string.Concat(result.Deciding), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, string.Concat(result.Deciding), StringComparison.OrdinalIgnoreCase);
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;
using Landfall.Testing;

namespace Landfall.Azure.Tests.Policies;

/// <summary>Policies of the public templates, which lie beside the repository, with values for what they ask.</summary>
internal static class PublicPolicies
{
    /// <summary>Tenant of Relecloud's subscriptions.</summary>
    public const string Tenant = "e9da86d3-51cf-4a76-82d8-c50195c3f466";

    private static readonly string Shared =
        Path.GetFullPath(Path.Combine(RepositoryRoot.Folder, "..", "shared", "azure"));

    private static readonly string[] Subscriptions =
    [
        "0b31fce4-d4a1-40a8-8427-4adbcff50b21", "724e0b20-08f8-4b6f-8522-5012df8dd876",
        "7eb66fbc-14a8-42a3-8a3e-e8c2f9f6a5a7",
    ];

    /// <summary>What somebody who assigns them says, in an estate like Relecloud.</summary>
    private static readonly Dictionary<string, object> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["allowedSubscriptions"] = Subscriptions,
        ["purviewResourceId"] = "/subscriptions/0b31fce4-d4a1-40a8-8427-4adbcff50b21/resourceGroups/rg/providers/"
            + "Microsoft.Purview/accounts/pview",
    };

    /// <summary>All definitions, as they are read; the test is skipped where they are absent.</summary>
    public static PolicyLibrary Read()
    {
        string folder = Path.Combine(Shared, "policies", "PolicyDefinitions");
        Assert.SkipUnless(Directory.Exists(folder), "There is no shared/azure beside the repository.");
        return PolicyFiles.Read(folder);
    }

    /// <summary>One of them, assigned to everything.</summary>
    public static PolicyLibrary Assigned(PolicyLibrary library, PolicyDefinition definition) => library.Only(
        definition,
        definition.Parameters.Where(p => p.Default is null && Values.ContainsKey(p.Name))
            .ToImmutableDictionary(
                p => p.Name,
                p => (PolicyExpression)new PolicyExpression.Literal(PolicyValue.From(
                    JsonSerializer.SerializeToElement(Values[p.Name]), isEvaluated: false)),
                StringComparer.OrdinalIgnoreCase));
}

using System.Globalization;

namespace Landfall.Bench;

/// <summary>
/// Definitions of policies, as many as wanted, of four kinds in turn: a property, tags by a count over a parameter,
/// members of a list by a count over an alias, and an expression. All bind everything and report; how often is known
/// beforehand.
/// </summary>
internal static class SamplePolicies
{
    /// <summary>Kinds of definitions.</summary>
    public const int Kinds = 4;

    /// <summary>Writes them into a folder.</summary>
    public static void Write(string folder, int count)
    {
        _ = Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"policy-{i:D3}");
            File.WriteAllText(Path.Combine(folder, $"{name}.json"), $$"""
                {
                  "name": "{{name}}",
                  "properties": {
                    "mode": "All",
                    "parameters": { "tags": { "type": "Array", "defaultValue": ["estate", "zone", "absent"] } },
                    "policyRule": { "if": {{Condition(i % Kinds)}}, "then": { "effect": "audit" } }
                  }
                }
                """);
        }
    }

    private static string Condition(int kind) => kind switch
    {
        // Every store.
        0 => """
            { "allOf": [
              { "field": "type", "equals": "Microsoft.Storage/storageAccounts" },
              { "field": "Microsoft.Storage/storageAccounts/minimumTlsVersion", "equals": "TLS1_2" }
            ] }
            """,
        // Every resource group, which has two of the three tags.
        1 => """
            { "allOf": [
              { "field": "type", "equals": "Microsoft.Resources/subscriptions/resourceGroups" },
              {
                "count": {
                  "value": "[parameters('tags')]", "name": "tag",
                  "where": { "field": "[concat('tags[', current('tag'), ']')]", "exists": true }
                },
                "equals": 2
              }
            ] }
            """,
        // Every network, which has one range.
        2 => """
            {
              "count": {
                "field": "Microsoft.Network/virtualNetworks/addressSpace.addressPrefixes[*]",
                "where": { "value": "[ipRangeContains('10.0.0.0/8', current())]", "equals": true }
              },
              "equals": 1
            }
            """,
        // Every vault.
        _ => """
            {
              "value": "[and(startsWith(field('name'), 'kv-'), equals(field('type'), 'Microsoft.KeyVault/vaults'))]",
              "equals": true
            }
            """,
    };
}

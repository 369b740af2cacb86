using System.Collections.Frozen;
using System.Net;
using System.Text.RegularExpressions;

namespace Landfall.Estate.Manifests;

/// <summary>Ids of what is in Azure already, by the words of <c>azure.existing</c>.</summary>
internal static partial class ExistingIds
{
    /// <summary>The address of a firewall that is there.</summary>
    public const string FirewallAddress = "firewallAddress";

    private const string Group = "/subscriptions/ID/resourceGroups/NAME";

    /// <summary>Types of resources; private DNS zones are given by the resource group that has them all.</summary>
    private static readonly FrozenDictionary<string, string> _types = new Dictionary<string, string>
    {
        ["network"] = "Microsoft.Network/virtualNetworks",
        ["firewall"] = "Microsoft.Network/firewallPolicies",
        ["dnsZones"] = "",
        ["purview"] = "Microsoft.Purview/accounts",
        ["logWorkspace"] = "Microsoft.OperationalInsights/workspaces",
    }.ToFrozenDictionary();

    /// <summary>Whether a text can be a word's id; that of an unknown word can, since the word is reported.</summary>
    public static bool Fits(string word, string text)
    {
        if (word == FirewallAddress)
        {
            return AddressPattern().IsMatch(text) && IPAddress.TryParse(text, out IPAddress? address)
                && address.ToString() == text;
        }

        return !_types.TryGetValue(word, out string? type)
            || (IdPattern().Match(text) is { Success: true } id && id.Groups["type"].Value == type);
    }

    /// <summary>What a word's id looks like.</summary>
    public static string Shape(string word) => word == FirewallAddress
        ? "an IPv4 address"
        : _types.GetValueOrDefault(word) is { Length: > 0 } type
            ? $"{Group}/providers/{type}/NAME"
            : Group;

    [GeneratedRegex(@"\A[0-9]{1,3}(\.[0-9]{1,3}){3}\z")]
    private static partial Regex AddressPattern();

    [GeneratedRegex(
        @"\A/subscriptions/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/resourceGroups/[A-Za-z0-9_.()-]{1,90}"
            + @"(/providers/(?<type>[A-Za-z.]+/[A-Za-z]+)/[A-Za-z0-9_.-]+)?\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex IdPattern();
}

using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Landfall.Estate.Management;

/// <summary>
/// One host: a name or an address. Lists, hosts with a port, sockets and wildcards, which drivers may understand as
/// more than a host, are none.
/// </summary>
/// <param name="Text">As it was written, an IPv6 address without brackets; what is connected to.</param>
/// <param name="Canonical">In lower case, an IPv6 address in its shortest form; what is compared.</param>
internal sealed partial record HostName(string Text, string Canonical)
{
    /// <summary>Reads a host; null where the text is none.</summary>
    public static HostName? Parse(string text)
    {
        string address = text is ['[', .. string inner, ']'] ? inner : text;
        if (address.Contains(':'))
        {
            return AddressPattern().IsMatch(address) && IPAddress.TryParse(address, out IPAddress? parsed)
                && parsed.AddressFamily == AddressFamily.InterNetworkV6
                ? new(address, parsed.ToString())
                : null;
        }

        return NamePattern().IsMatch(text) ? new(text, WithoutRoot(text).ToLowerInvariant()) : null;
    }

    /// <summary>
    /// A name with dots is the same with and without the last one; a single word without it may be another domain's.
    /// </summary>
    private static string WithoutRoot(string name) => name.IndexOf('.') < name.Length - 1 ? name.TrimEnd('.') : name;

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[0-9A-Fa-f:.]+\z")]
    private static partial Regex AddressPattern();
}

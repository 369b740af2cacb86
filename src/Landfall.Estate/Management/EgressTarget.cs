using System.Globalization;
using System.Net;
using Landfall.Estate.Names;

namespace Landfall.Estate.Management;

/// <summary>
/// The host and port that a source is read from, and the one decision whether the egress rules allow them. As declared,
/// a part that holds a secret is unknown and fits every rule; once its secrets are resolved, everything is known. Its
/// text is always as declared: the value of a secret is in no message. Immutable.
/// </summary>
public sealed class EgressTarget
{
    private readonly string _host;
    private readonly string _port;

    private EgressTarget(string host, string port, string? hostNow, string? portNow)
    {
        _host = host;
        _port = port;
        Host = hostNow is null ? null : HostName.Parse(hostNow)?.Text ?? "";
        Port = portNow is null ? null : PortOf(portNow);
    }

    /// <summary>The host to connect to; null while it is in a secret, empty where the text is no host.</summary>
    public string? Host { get; }

    /// <summary>The port, 1 to 65535; null while it is in a secret, 0 where the text is no port.</summary>
    public int? Port { get; }

    /// <summary>Whether what is sent to the host stays on this machine.</summary>
    public bool IsThisMachine => "localhost".Equals(Host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether both parts are known and can be connected to.</summary>
    public bool IsReachable => Host is { Length: > 0 } && Port is > 0;

    /// <summary>A target as a manifest declares it; both parts may hold <c>${secret:NAME}</c>.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The port; empty where the manifest has none, which is reported elsewhere.</param>
    public static EgressTarget Of(string host, string port) => new(
        host, port, SecretReferences.IsIn(host) ? null : host,
        port.Length == 0 || SecretReferences.IsIn(port) ? null : port);

    /// <summary>
    /// The target with the values of its secrets. Nothing is unknown of it: a part whose secret is not there is none.
    /// </summary>
    /// <param name="secrets">Values by name.</param>
    public EgressTarget Resolve(IReadOnlyDictionary<string, string> secrets) =>
        new(_host, _port, SecretReferences.Expand(_host, secrets) ?? "", SecretReferences.Expand(_port, secrets) ?? "");

    /// <summary>The rule that allows the target, as far as it is known; null where none does.</summary>
    public EgressRule? RuleOf(ManagementZone management) =>
        Host is "" || Port is 0 ? null : management.Egress.FirstOrDefault(r => r.Permits(Host, Port));

    /// <summary>Why no rule allows the target; null where one does.</summary>
    public EgressRefusal? RefusalBy(ManagementZone management) => RuleOf(management) is not null
        ? null
        : new(
            $"{this} is outside the egress rules.{Detail(management)}",
            $"Ask {management.Owner} to add it to egress in {management.Id}/zone.yaml.");

    /// <summary>Host and port as declared.</summary>
    public override string ToString() => _host.Contains(':') && HostName.Parse(_host)?.Text == _host
        ? $"[{_host}]:{_port}"
        : $"{_host}:{_port}";

    private string Detail(ManagementZone management)
    {
        if (Host is "")
        {
            return " Its host is not one host name or address.";
        }

        if (Port is 0)
        {
            return " Its port is no number from 1 to 65535.";
        }

        // Rules that fit a host from a secret would tell the host.
        return SecretReferences.IsIn(_host)
            ? ""
            : string.Concat(management.Egress.Where(r => r.Permits(Host, null)).Select(r => $" {Allowed(r)}"));
    }

    private static string Allowed(EgressRule rule) =>
        $"The rule {rule.Name} allows port{(rule.Ports.Length == 1 ? "" : "s")} {string.Join(", ", rule.Ports)}.";

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue
            ? port
            : 0;
}

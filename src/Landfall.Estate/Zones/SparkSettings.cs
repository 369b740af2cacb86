using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Management;

namespace Landfall.Estate.Zones;

/// <summary>The Apache Spark that computes for a pool, reached by Spark Connect.</summary>
public sealed partial record SparkSettings
{
    /// <summary>The port of Spark Connect where an address names none.</summary>
    public const int DefaultPort = 15002;

    /// <summary>What an address looks like.</summary>
    public const string Shape = "sc://HOST:PORT, with parameters as /;token=${secret:NAME};use_ssl=true";

    /// <summary>
    /// Where its Spark Connect listens, for example <c>sc://spark:15002/;token=${secret:SPARK_TOKEN};use_ssl=true</c>.
    /// Secrets stand in parameters only.
    /// </summary>
    public required string Address { get; init; }

    /// <summary>
    /// Where its web interface answers, for example <c>http://spark:4040</c>: what its executors used is read there.
    /// Empty where it has none for us; what steps cost is estimated then.
    /// </summary>
    public required string Ui { get; init; }

    /// <summary>Cores that it computes with, 1 to 100,000: what a step is estimated by.</summary>
    public required int Cores { get; init; }

    /// <summary>Settings of the session by name, besides those that Landfall pins.</summary>
    public required ImmutableSortedDictionary<string, string> Configuration { get; init; }

    /// <summary>Host and port of <see cref="Address"/>, to hold against the egress rules.</summary>
    public EgressTarget Target => TargetOf(Address);

    /// <summary>Host and port of <see cref="Ui"/>; null without one.</summary>
    public EgressTarget? UiTarget => Uri.TryCreate(Ui, UriKind.Absolute, out Uri? uri)
        ? EgressTarget.Of(uri.Host, $"{uri.Port}")
        : null;

    /// <summary>Whether what is sent to the address is encrypted.</summary>
    public bool UsesTls => Parameter("use_ssl").Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the address has a token.</summary>
    public bool HasToken => Parameter("token").Length > 0;

    /// <summary>The text of an address.</summary>
    [GeneratedRegex(
        @"\Asc://(?<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?<port>[0-9]{1,5}))?(/(;[^;=\s]+=[^;]*)*;?)?\z",
        RegexOptions.ExplicitCapture)]
    public static partial Regex Pattern();

    /// <summary>The secrets stay unsaid: a record's own text would show parameters.</summary>
    public override string ToString() => $"Spark at {Target}";

    private static EgressTarget TargetOf(string address)
    {
        Match match = Pattern().Match(address);
        string port = match.Groups["port"].Value;
        return EgressTarget.Of(match.Groups["host"].Value.Trim('[', ']'), port.Length > 0 ? port : $"{DefaultPort}");
    }

    private string Parameter(string name) => Address.Split(';').Skip(1)
        .Where(p => p.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
        .Select(p => p[(name.Length + 1)..]).FirstOrDefault("");
}

namespace Landfall.Azure.Design;

/// <summary>Resource groups of a zone, by what is in them; units with a group of their own add theirs.</summary>
internal static class Groups
{
    /// <summary>Network, security groups, routes; in the hub also the firewall.</summary>
    public const string Network = "network";

    /// <summary>Private DNS zones.</summary>
    public const string Dns = "dns";

    /// <summary>Storage accounts.</summary>
    public const string Lake = "lake";

    /// <summary>Key vault.</summary>
    public const string Vault = "vault";

    /// <summary>Log workspace.</summary>
    public const string Monitoring = "monitoring";

    /// <summary>What the zone's integrations and products share to ingest and process.</summary>
    public const string Processing = "processing";

    /// <summary>The group of a unit; a unit that is called as one of the zone's groups gets another name.</summary>
    public static string Of(string unit) =>
        unit is Network or Dns or Lake or Vault or Monitoring or Processing ? $"{unit}-unit" : unit;

    /// <summary>The catalogue.</summary>
    public const string Governance = "governance";

    /// <summary>Runs, audit and meters.</summary>
    public const string State = "state";
}

using System.Collections.Immutable;

namespace Landfall.Serving.Access;

/// <summary>What roles may be and how their sessions begin.</summary>
internal static class RoleAttributes
{
    private static readonly ImmutableArray<string> _nothing =
        ["nosuperuser", "nocreatedb", "nocreaterole", "noreplication", "nobypassrls", "inherit"];

    /// <summary>A role that others are in.</summary>
    public static ImmutableArray<string> Group { get; } = [.. _nothing, "nologin", "connection limit -1"];

    /// <summary>A login that publishes.</summary>
    public static ImmutableArray<string> Publisher { get; } = [.. _nothing, "login", "connection limit -1"];

    /// <summary>A login of a person or application; BI tools open many connections at once.</summary>
    public static ImmutableArray<string> User { get; } = [.. _nothing, "login", "connection limit 20"];

    /// <summary>A login whose user the estate no longer has.</summary>
    public static ImmutableArray<string> FormerUser { get; } = [.. _nothing, "nologin", "connection limit 20"];

    /// <summary>How a user's sessions begin, as the server lists it, in order.</summary>
    public static ImmutableArray<string> Settings { get; } =
    [
        "default_transaction_read_only=on",
        "idle_in_transaction_session_timeout=10min",
        "jit=off",
        "statement_timeout=10min",
    ];

    /// <summary>Statements that make them so.</summary>
    public static IEnumerable<string> SettingsOf(string user) =>
    [
        $"alter role {PgSql.Name(user)} reset all",
        .. Settings.Select(s => s.Split('='))
            .Select(s => $"alter role {PgSql.Name(user)} set {s[0]} = {PgSql.Text(s[1])}"),
    ];
}

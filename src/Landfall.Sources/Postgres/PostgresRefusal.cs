using Landfall.Engine.Ingest;
using Npgsql;

namespace Landfall.Sources.Postgres;

/// <summary>
/// What the server's refusals to read a relation mean. Its own words are not kept: they may quote rows.
/// </summary>
internal static class PostgresRefusal
{
    /// <summary>The refusal as a problem of the relation.</summary>
    public static BadRelationException Of(PostgresException refused)
    {
        (string code, string problem) = Meaning(refused.SqlState);
        return new(code, $"{problem} (SQLSTATE {refused.SqlState})", refused);
    }

    private static (string Code, string Problem) Meaning(string state) => state switch
    {
        "42501" => (IngestCodes.NoRelation, "the user may not read it; have it granted USAGE on the schema and SELECT"),
        "42P01" or "3F000" => (IngestCodes.NoRelation, "there is no such relation; correct relation: in "
            + "integration.yaml"),
        "57014" => (IngestCodes.RelationUnread, "the server ended the read by its statement_timeout, or somebody "
            + "cancelled it; have the timeout of the user raised"),
        "55P03" => (IngestCodes.RelationUnread, "another session kept it locked for longer than lock_timeout"),
        "40P01" => (IngestCodes.RelationUnread, "another session and this one kept each other waiting for locks"),
        "21000" => (IngestCodes.RelationUnread, "a query of it gives several rows where it may give one"),
        "22021" or "22P05" => (IngestCodes.RelationUnread, "it has a text that cannot be given as UTF-8; mend the "
            + "text, or read a view that converts it"),
        "54000" or "53200" => (IngestCodes.RelationUnread, "the server has not the memory to give one of its rows"),
        _ when state.StartsWith("22", StringComparison.Ordinal) => (IngestCodes.RelationUnread,
            "the server cannot compute one of its values"),
        _ when state.StartsWith("XX", StringComparison.Ordinal) || state == "58030" => (IngestCodes.RelationUnread,
            "the server finds it damaged"),
        _ => (IngestCodes.RelationUnread, "the server ended the read; its log says why"),
    };
}

using System.Text;
using Npgsql;

namespace Landfall.Serving.Postgres;

/// <summary>A running server and how its superuser connects. Its text form leaves the password out.</summary>
public sealed record PostgresServer
{
    /// <summary>The address it listens on: <c>127.0.0.1</c>, reachable from this machine only.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>Its TCP port, kept across restarts unless another program took it.</summary>
    public required int Port { get; init; }

    /// <summary>The superuser's name.</summary>
    public string Superuser { get; } = Cluster.Superuser;

    /// <summary>The superuser's generated password: a secret.</summary>
    public required string SuperuserPassword { get; init; }

    /// <summary>The process id of the server.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The server's log file.</summary>
    public required string LogPath { get; init; }

    /// <summary>An Npgsql connection string for the superuser: a secret.</summary>
    /// <param name="database">The database, by default the maintenance database <c>postgres</c>.</param>
    public string ConnectionString(string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Username = Superuser,
        Password = SuperuserPassword,
        Database = database,
        SslMode = SslMode.Disable,
        Timeout = 15,
    }.ConnectionString;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Host = {Host}, Port = {Port}, ProcessId = {ProcessId}");
        return true;
    }
}

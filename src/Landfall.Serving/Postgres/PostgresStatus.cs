namespace Landfall.Serving.Postgres;

/// <summary>The state of an embedded server, as seen at one moment.</summary>
/// <param name="State">Whether there is a cluster and a server.</param>
/// <param name="Port">The port kept for it; null where none was chosen yet.</param>
/// <param name="ProcessId">The server's process; null unless it runs.</param>
public sealed record PostgresStatus(PostgresState State, int? Port, int? ProcessId);

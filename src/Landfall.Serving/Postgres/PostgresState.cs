namespace Landfall.Serving.Postgres;

/// <summary>What a data folder holds.</summary>
public enum PostgresState
{
    /// <summary>No database cluster has been made yet.</summary>
    Absent,

    /// <summary>There is a cluster, and no server runs on it.</summary>
    Stopped,

    /// <summary>A server runs.</summary>
    Running,
}

namespace Landfall.Serving.Postgres;

/// <summary>Which embedded server: one data folder is one server.</summary>
public sealed record PostgresOptions
{
    /// <summary>
    /// The server's folder, made when missing: database files, port, password, log. It belongs to the server alone.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The folder with <c>node_modules</c>; null finds it through <c>LANDFALL_NATIVE</c>, <c>LANDFALL_ROOT</c> or the
    /// folders above the program.
    /// </summary>
    public string? NativeFolder { get; init; }

    /// <summary>How it runs, taken up when it starts; null for one that only this program uses.</summary>
    public ServerProfile? Profile { get; init; }
}

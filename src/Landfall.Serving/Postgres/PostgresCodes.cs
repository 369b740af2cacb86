namespace Landfall.Serving.Postgres;

/// <summary>Diagnostic codes of the embedded PostgreSQL server.</summary>
internal static class PostgresCodes
{
    /// <summary>The server's programs are not there, or do not run.</summary>
    public const string BinariesMissing = "LF4300";

    /// <summary>Root cannot become any other user, and PostgreSQL refuses root.</summary>
    public const string NoAccount = "LF4301";

    /// <summary>A new database cluster could not be made.</summary>
    public const string InitFailed = "LF4302";

    /// <summary>The server did not start or does not answer.</summary>
    public const string StartFailed = "LF4303";

    /// <summary>The cluster is of another major version.</summary>
    public const string WrongVersion = "LF4304";

    /// <summary>A folder cannot be used: its owner or its kind is wrong, or it cannot be written.</summary>
    public const string FolderUnusable = "LF4305";

    /// <summary>The server did not stop.</summary>
    public const string StopFailed = "LF4306";

    /// <summary>The server's own notes (port, password) cannot be read.</summary>
    public const string StateDamaged = "LF4307";

    /// <summary>No free port was found.</summary>
    public const string NoPort = "LF4308";
}

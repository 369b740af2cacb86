using Landfall.DuckDb.Interop;

namespace Landfall.DuckDb;

/// <summary>An open DuckDB database: a file, or memory. Thread-safe; connections are not.</summary>
/// <remarks>
/// Connections and everything made from them keep the native database alive, so objects may be disposed in any order;
/// a database file is released by the last of them.
/// </remarks>
public sealed unsafe class DuckDbDatabase : IDisposable
{
    private readonly DatabaseHandle _handle;

    private DuckDbDatabase(DatabaseHandle handle) => _handle = handle;

    /// <summary>Opens a database file, creating it where it is missing, or a new database in memory.</summary>
    /// <param name="path">The file; null for a database in memory.</param>
    /// <param name="config">DuckDB's settings, for example <c>memory_limit</c> = <c>1GiB</c>.</param>
    /// <exception cref="DuckDbException"><c>LF4103</c>: the file or a setting is refused.</exception>
    /// <exception cref="Estate.LandfallException"><c>LF4101</c> or <c>LF4102</c>: no usable library.</exception>
    public static DuckDbDatabase Open(string? path = null, IReadOnlyDictionary<string, string>? config = null)
    {
        _ = DuckDbLibrary.Version;
        using ConfigHandle native = Configuration(config ?? new Dictionary<string, string>());
        int state = NativeMethods.OpenExt(path, out DatabaseHandle handle, native, out byte* error);
        string? text = NativeText.Take(error);
        if (state == NativeMethods.Success)
        {
            return new(handle);
        }

        handle.Dispose();
        throw new DuckDbException(
            DuckDbCodes.Open,
            DuckDbException.TypeFromText(text),
            $"The DuckDB database {path ?? "in memory"} does not open: {text ?? "DuckDB does not say why."}");
    }

    /// <summary>Opens a connection: a session with its own transaction. Thread-safe.</summary>
    /// <exception cref="DuckDbException">DuckDB refused.</exception>
    public DuckDbConnection Connect()
    {
        if (NativeMethods.Connect(_handle, out ConnectionHandle connection) != NativeMethods.Success)
        {
            connection.Dispose();
            throw DuckDbException.Statement("DuckDB does not open a connection.", DuckDbErrorType.Connection);
        }

        connection.HangOn(_handle);
        return new(connection);
    }

    /// <summary>Lets go of the database. Safe to call twice.</summary>
    public void Dispose() => _handle.Dispose();

    private static ConfigHandle Configuration(IReadOnlyDictionary<string, string> settings)
    {
        _ = NativeMethods.CreateConfig(out ConfigHandle config);
        foreach ((string name, string value) in settings)
        {
            if (NativeMethods.SetConfig(config, name, value) != NativeMethods.Success)
            {
                config.Dispose();
                throw new DuckDbException(
                    DuckDbCodes.Open,
                    DuckDbErrorType.InvalidConfiguration,
                    $"DuckDB refuses the setting {name}: it is unknown or its value does not fit. No database was "
                    + "opened.");
            }
        }

        return config;
    }
}

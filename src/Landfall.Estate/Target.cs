using System.Collections.Immutable;

namespace Landfall.Estate;

/// <summary>A place where the estate runs, with a lake of its own.</summary>
public sealed record Target
{
    /// <summary>The target's id; <c>local</c> unless the estate says otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>Folder of the lake; a relative path starts at the home folder.</summary>
    public required string Lake { get; init; }

    /// <summary>
    /// Folders of file sources by name; a relative path starts at the home folder. A name without an entry must be
    /// given on the command line (<c>--location NAME=PATH</c>).
    /// </summary>
    public required ImmutableDictionary<string, string> Locations { get; init; }

    /// <summary>
    /// The PostgreSQL, version 15 or newer, that serves the zones' tables; null for the embedded one of the home.
    /// </summary>
    public ExternalPostgres? Postgres { get; init; }
}

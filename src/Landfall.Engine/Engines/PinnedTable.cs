using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Estate;

namespace Landfall.Engine.Engines;

/// <summary>A version of a table as the files that it consists of.</summary>
public sealed record PinnedTable
{
    /// <summary>Its SQL name.</summary>
    public required TableName Name { get; init; }

    /// <summary>Absolute folder of the table.</summary>
    public required string Folder { get; init; }

    /// <summary>Its Delta schema, as JSON.</summary>
    public required string Schema { get; init; }

    /// <summary>Its data files.</summary>
    public required ImmutableArray<PinnedFile> Files { get; init; }

    /// <summary>A version of a table in a folder, read by the schema that it has.</summary>
    public static PinnedTable Of(TableName name, string folder, Snapshot snapshot) => new()
    {
        Name = name,
        Folder = folder,
        Schema = snapshot.Metadata.Schema.ToJson(),
        Files = [.. snapshot.Files.Select(PinnedFile.Of)],
    };
}

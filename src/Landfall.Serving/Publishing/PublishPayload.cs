using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Serving.Servers;

namespace Landfall.Serving.Publishing;

/// <summary>A publication as one transaction, for the worker that does it.</summary>
internal sealed record PublishPayload
{
    /// <summary>The server.</summary>
    public required ServerAddress Address { get; init; }

    /// <summary>The zone's database.</summary>
    public required string Database { get; init; }

    /// <summary>The zone's publisher; its password is the secret of this task.</summary>
    public required string User { get; init; }

    /// <summary>The unit, for messages.</summary>
    public required string Unit { get; init; }

    /// <summary>A query whose one value tells that nobody else published since the plan.</summary>
    public required string Guard { get; init; }

    /// <summary>What that value has to be.</summary>
    public required string Expected { get; init; }

    /// <summary>Statements before the rows.</summary>
    public required ImmutableArray<string> Before { get; init; }

    /// <summary>Tables whose rows are copied.</summary>
    public required ImmutableArray<PublishedRows> Tables { get; init; }

    /// <summary>Statements after the rows.</summary>
    public required ImmutableArray<string> After { get; init; }

    /// <summary>Schemas to drop after the commit, unless somebody still reads them.</summary>
    public required ImmutableArray<string> Former { get; init; }
}

/// <summary>Rows of one table.</summary>
/// <param name="Table">Files and columns to read.</param>
/// <param name="Copy">The statement that takes them.</param>
/// <param name="Rows">How many there have to be; null where that is not known.</param>
internal sealed record PublishedRows(PinnedTable Table, string Copy, long? Rows);

/// <summary>What a publication did.</summary>
/// <param name="Rows">Rows copied.</param>
/// <param name="Bytes">Bytes copied, in PostgreSQL's binary format.</param>
internal sealed record PublishResult(long Rows, long Bytes);

using System.Collections.Immutable;

namespace Landfall.Serving.Publishing;

/// <summary>What is published of a unit, and what of it is as we left it.</summary>
internal sealed record PublicationState
{
    /// <summary>Nothing.</summary>
    public static PublicationState None { get; } = new()
    {
        Step = "", Structure = "", Texts = "", Mark = "", Shape = "", ShapeNow = "", Words = "", WordsNow = "",
        Tables = ImmutableDictionary<string, PublishedTable>.Empty, HasSchema = false, Leftovers = [],
    };

    /// <summary>Id of the step that published last; empty for none.</summary>
    public required string Step { get; init; }

    /// <summary>Hash of the structure that was published.</summary>
    public required string Structure { get; init; }

    /// <summary>Hash of the descriptions that were published.</summary>
    public required string Texts { get; init; }

    /// <summary>Why what is published is not the newest that there could be; empty where it is.</summary>
    public required string Mark { get; init; }

    /// <summary>Hash of the schema as the server described it after the publication.</summary>
    public required string Shape { get; init; }

    /// <summary>The same now.</summary>
    public required string ShapeNow { get; init; }

    /// <summary>Hash of the server's comments after the publication.</summary>
    public required string Words { get; init; }

    /// <summary>The same now.</summary>
    public required string WordsNow { get; init; }

    /// <summary>The tables by name.</summary>
    public required ImmutableDictionary<string, PublishedTable> Tables { get; init; }

    /// <summary>Whether there is a schema of the unit's name, whoever made it.</summary>
    public required bool HasSchema { get; init; }

    /// <summary>Former schemas that readers still held when they were to go.</summary>
    public required ImmutableArray<string> Leftovers { get; init; }
}

using System.Text.Json;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>What an engine made of a request, as texts that are compared.</summary>
internal sealed record EnrichOutcome
{
    /// <summary>The message of its failure; empty for none.</summary>
    public string Failure { get; init; } = "";

    /// <summary>All rows of the table.</summary>
    public string[] Rows { get; init; } = [];

    /// <summary>All rows of the quarantine, but for their places in files.</summary>
    public string[] Quarantine { get; init; } = [];

    /// <summary>Rows and broken rules by batch.</summary>
    public string[] Counts { get; init; } = [];

    /// <summary>Columns and files that are named.</summary>
    public string[] Notes { get; init; } = [];

    /// <summary>What this one has and another has not (−), and the other way round (+); a few of them.</summary>
    public IEnumerable<string> DifferencesFrom(EnrichOutcome other) =>
    [
        .. Between([Failure], [other.Failure]), .. Between(Counts, other.Counts), .. Between(Notes, other.Notes),
        .. Between(Quarantine, other.Quarantine), .. Between(Rows, other.Rows),
    ];

    private static IEnumerable<string> Between(string[] mine, string[] others) =>
        Without(mine, others).Select(t => $"- {Escaped(t)}").Take(20)
            .Concat(Without(others, mine).Select(t => $"+ {Escaped(t)}").Take(20));

    private static string Escaped(string text) => JsonEncodedText.Encode(text).ToString();

    private static IEnumerable<string> Without(string[] texts, string[] others)
    {
        Dictionary<string, int> left = others.CountBy(t => t).ToDictionary();
        return texts.Where(t => (left[t] = left.GetValueOrDefault(t) - 1) < 0);
    }
}

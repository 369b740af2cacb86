using System.Globalization;
using System.Text.Json;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Lakes;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Exposures;
using Landfall.Recommender.Registry;

namespace Landfall.Cli.Demo;

/// <summary>
/// Brings what Relecloud's simulated application was served, and what it reported, to the recommender's tables: each
/// day once, as if the endpoint had served it then.
/// </summary>
internal sealed class DemoApplication(CommandContext context, EngineSession session)
{
    private const string ProductId = "cloud-service-recommender";
    private const string FeedbackPrefix = "feedback-";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly string _folder = Path.Combine(context.Home().Sources, "application");

    /// <summary>Brings the days that are not there yet; nothing where the estate has no recommender.</summary>
    public async Task ReplayAsync(CancellationToken cancellationToken)
    {
        Product? product = session.Estate.Zones.SelectMany(z => z.Products)
            .FirstOrDefault(p => p.Id == ProductId && ModelDetails.Of(p) is not null);
        if (product is null || !Directory.Exists(_folder))
        {
            return;
        }

        using ExposureTables tables = new(
            Folder(product, "exposure"), Folder(product, "feedback"), session.Engine,
            new IdSource(context.Clock, Random.Shared), context.Clock);
        long exposures = await BringAsync(
            tables, "demo-exposures", "", (number, lines) => tables.AppendAsync(
                "demo-exposures", number, Served(lines), [], cancellationToken), cancellationToken);
        long feedback = await BringAsync(
            tables, "demo-feedback", FeedbackPrefix, (number, lines) => tables.AppendAsync(
                "demo-feedback", number, [], [.. lines.Select(Feedback)], cancellationToken), cancellationToken);
        if (exposures + feedback > 0)
        {
            context.Output.WriteInfo(
                $"Relecloud's application was served {Amount.Count(exposures, "suggestion")} and reported on "
                + $"{Amount.Count(feedback)}.");
        }
    }

    private string Folder(Product product, string table)
    {
        CatalogTable entry = session.Catalog.Get(RegistryStore.NameOf(product, table));
        return session.Lake.TableFolder(entry.Name, entry.Layer);
    }

    /// <summary>All new days at once, under the number of the last.</summary>
    private async Task<long> BringAsync(
        ExposureTables tables, string application, string prefix,
        Func<long, IEnumerable<string>, Task<long>> append, CancellationToken cancellationToken)
    {
        long newest = await tables.NewestNumberAsync(application, cancellationToken);
        (long Day, string Path)[] files =
        [
            .. Directory.EnumerateFiles(_folder, prefix + "????-??-??.jsonl")
                .Select(p => (Day: DayOf(p, prefix), Path: p))
                .Where(f => f.Day > newest).OrderBy(f => f.Day),
        ];
        return files.Length == 0 ? 0 : await append(files[^1].Day, files.SelectMany(f => File.ReadLines(f.Path)));
    }

    private static long DayOf(string path, string prefix) => DateOnly.ParseExact(
        Path.GetFileNameWithoutExtension(path)[prefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;

    private static List<ServedRecommendation> Served(IEnumerable<string> lines) =>
    [
        .. lines.Select(l => JsonSerializer.Deserialize<ExposureLine>(l, Json)!)
            .GroupBy(l => l.RecommendationId, StringComparer.Ordinal)
            .Select(g => new ServedRecommendation
            {
                RecommendationId = g.Key,
                ServedAt = g.First().ServedAt,
                AccountId = g.First().AccountId,
                CustomerId = g.First().CustomerId,
                // The application's models were never in the registry.
                ModelVersion = 0,
                Deployment = g.First().Deployment,
                Arm = g.First().Arm,
                Fallback = g.First().Fallback,
                Items =
                [
                    .. g.OrderBy(l => l.Rank)
                        .Select(l => new ExposedService(l.ServiceId, l.Score, l.Probability, l.Reason)),
                ],
            }),
    ];

    private static FeedbackEvent Feedback(string line)
    {
        FeedbackLine read = JsonSerializer.Deserialize<FeedbackLine>(line, Json)!;
        return new(read.RecommendationId, read.ServiceId, read.Kind, read.OccurredAt);
    }

    private sealed record ExposureLine(
        string RecommendationId, int Rank, DateTimeOffset ServedAt, string? AccountId, string? CustomerId,
        string ServiceId, double Score, double? Probability, string? Reason, string Deployment, string Arm,
        bool Fallback);

    private sealed record FeedbackLine(
        string RecommendationId, string ServiceId, string Kind, DateTimeOffset OccurredAt);
}

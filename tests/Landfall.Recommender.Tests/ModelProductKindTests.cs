using System.Collections.Immutable;
using Landfall.Engine.Analysis;
using Landfall.Engine.DuckDb.Sql;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Testing;

namespace Landfall.Recommender.Tests;

public sealed class ModelProductKindTests
{
    private const string Product = "operations.cloud_service_recommender";

    private static readonly EstateDefinition Shipped = EstateLoader.Load(
        Path.Combine(RepositoryRoot.Folder, "estates", "relecloud"),
        EstateKinds.Standard with { Products = [new SqlProductManifest(), new ModelManifest()] }).Estate!;

    /// <summary>What lakes hold that exist: another value makes a table, and all that reads it, anew.</summary>
    private static readonly ImmutableSortedDictionary<string, string> Known =
        ImmutableSortedDictionary.CreateRange<string, string>(StringComparer.Ordinal,
        [
            new("gram", "7bc4d6ad868258cd132b2da771825204"),
            new("model", "adc5c318fee48dfc57264f9af6d3cd42"),
            new("exposure", "8dbb1ea25ae423f2b1f3dbd17c6e45c4"),
            new("feedback", "4201c30133e3312910aab069f3f4ef8a"),
        ]);

    /// <summary>Of rows that know of no holdout.</summary>
    private const string KnownOfRecommendation = "30955147a8e001ec34d3cff540c6bed5";

    [Fact]
    public void CodeFingerprint_TablesOfRelecloudsModel_IsWhatLakesHold()
    {
        ImmutableSortedDictionary<string, string> now = Fingerprints(e => e);

        Assert.Equal(Known, now.Remove("recommendation"));
        Assert.NotEqual(KnownOfRecommendation, now["recommendation"]);
    }

    [Theory]
    [InlineData("no endpoint")]
    [InlineData("no share")]
    [InlineData("no share, another salt")]
    public void CodeFingerprint_NobodyHeldOut_IsWhatLakesHold(string change)
    {
        ImmutableSortedDictionary<string, string> now = Fingerprints(e => Changed(e, change));

        Assert.Equal(Known.Add("recommendation", KnownOfRecommendation), now);
    }

    [Theory]
    [InlineData("share")]
    [InlineData("salt")]
    public void CodeFingerprint_OtherCustomersHeldOut_ChangesThatOfRecommendationAlone(string change)
    {
        ImmutableSortedDictionary<string, string> before = Fingerprints(e => e);

        ImmutableSortedDictionary<string, string> now = Fingerprints(e => Changed(e, change));

        Assert.Equal(["recommendation"], now.Except(before).Select(f => f.Key));
        Assert.NotEqual(KnownOfRecommendation, now["recommendation"]);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("deployments")]
    [InlineData("timeout")]
    [InlineData("concurrency")]
    public void CodeFingerprint_AnythingElseOfTheEndpoint_ChangesNothing(string change) =>
        Assert.Equal(Fingerprints(e => e), Fingerprints(e => Changed(e, change)));

    [Fact]
    public void Reads_SomebodyIsHeldOut_AreTheAccountsToo()
    {
        Assert.Equal(
            [$"{Product}.account_profile", $"{Product}.interaction", $"{Product}.model"], Reads(e => e));
        Assert.Equal([$"{Product}.interaction", $"{Product}.model"], Reads(e => Changed(e, "no endpoint")));
        Assert.Equal([$"{Product}.interaction", $"{Product}.model"], Reads(e => Changed(e, "no share")));
    }

    private static EndpointDefinition? Changed(EndpointDefinition endpoint, string change) => change switch
    {
        "no endpoint" => null,
        "no share" => endpoint with { HoldoutShare = 0 },
        "no share, another salt" => endpoint with { HoldoutShare = 0, HoldoutSalt = "another" },
        "share" => endpoint with { HoldoutShare = 0.05 },
        "salt" => endpoint with { HoldoutSalt = "another" },
        "name" => endpoint with { Name = "another" },
        "deployments" => endpoint with { Deployments = [new("green", "challenger", 100, 0)] },
        "timeout" => endpoint with { TimeoutSeconds = 7 },
        "concurrency" => endpoint with { ConcurrentRequests = 7 },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static IEnumerable<string> Reads(Func<EndpointDefinition, EndpointDefinition?> change) =>
        Analyze(change).Reads[new("operations", "cloud_service_recommender", "recommendation")]
            .Select(t => t.ToString());

    private static ImmutableSortedDictionary<string, string> Fingerprints(
        Func<EndpointDefinition, EndpointDefinition?> change)
    {
        EstateAnalysis analysis = Analyze(change);
        return Enum.GetNames<ModelTable>().Select(n => n.ToLowerInvariant()).ToImmutableSortedDictionary(
            n => n, n => analysis.Definition(new("operations", "cloud_service_recommender", n)).CodeFingerprint,
            StringComparer.Ordinal);
    }

    /// <summary>Relecloud's estate with another endpoint of its recommender.</summary>
    private static EstateAnalysis Analyze(Func<EndpointDefinition, EndpointDefinition?> change)
    {
        EstateDefinition estate = Shipped with
        {
            Zones =
            [
                .. Shipped.Zones.Select(z => z with
                {
                    Products =
                    [
                        .. z.Products.Select(p => p.Details is ModelDetails { Endpoint: { } e } details
                            ? p with { Details = details with { Endpoint = change(e) } }
                            : p),
                    ],
                }),
            ],
        };
        using DuckDbSqlFrontEnd frontEnd = new();
        return EstateAnalysis.Of(
            frontEnd, ["duckdb"], [new SqlProductKind(), new ModelProductKind()], estate, new EstateCatalog(estate),
            new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
    }
}

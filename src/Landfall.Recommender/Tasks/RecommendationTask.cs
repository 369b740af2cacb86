using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Building;
using Landfall.Engine.Engines;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Experiments;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Registry;
using Landfall.Recommender.Scoring;
using Landfall.Workers;

namespace Landfall.Recommender.Tasks;

/// <summary>
/// What the champion suggests to every account, as the endpoint would answer: nothing to accounts of customers who are
/// held out. Without a champion there are no rows.
/// </summary>
public sealed class RecommendationTask() : ComputeTask("model-recommendation")
{
    private const string Columns =
        "account_id VARCHAR, rank INTEGER, service_id VARCHAR, score DOUBLE, probability DOUBLE, reason VARCHAR, "
        + "fallback BOOLEAN, model_version INTEGER, scored_through DATE";

    /// <inheritdoc/>
    protected override Task<BuildResult> RunAsync(
        ComputePayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        ModelDefinition definition = ModelSettings.Of(request);
        using DuckDbConnection connection =
            context.OpenDuckDb(request.ReadFolders, [request.TableFolder], keepOrder: false);
        ModelVersion? champion = ModelTask
            .RegistryOf(connection, request.Inputs["model"].Rows, cancellationToken)
            .Find(ModelRegistry.Champion);
        using (StagedRows rows = new(connection, "recommendation_rows", Columns))
        {
            if (champion is not null)
            {
                Score(connection, request, definition, champion, rows, cancellationToken);
            }

            rows.Complete();
        }

        return Task.FromResult(ComputeOutput.Write(
            connection, request, "select * from recommendation_rows order by account_id, rank", appends: false,
            cancellationToken));
    }

    private static void Score(
        DuckDbConnection connection, ComputePayload compute, ModelDefinition definition, ModelVersion champion,
        StagedRows rows, CancellationToken cancellationToken)
    {
        ServiceRecommender recommender = new(PackageFile.Read(
            Path.Combine(compute.ArtifactFolder, champion.Artifact), champion.Sha256));
        string interactions = compute.Inputs[definition.Interactions].Select();
        DateOnly through = connection.Scalar<DateOnly>(
            $"select max(day) from ({interactions})", cancellationToken);
        HashSet<string> heldOut = HeldOut(connection, compute, definition, cancellationToken);
        foreach (object?[] account in connection.Collect(
            Baskets.Sql(interactions), cancellationToken))
        {
            string id = (string)account[0]!;
            if (heldOut.Contains(id))
            {
                continue;
            }

            string[] services = [.. ((object?[])account[1]!).Select(s => (string)s!)];
            SuggestionList list = recommender.Recommend(services, definition.Recommendations, []);
            foreach (Suggestion item in list.Items)
            {
                rows.Add((columns, row) => Fill(
                    columns, row, id, item, list.Fallback, champion.Version, through));
            }
        }
    }

    /// <summary>Accounts whose customers get no suggestions.</summary>
    private static HashSet<string> HeldOut(
        DuckDbConnection connection, ComputePayload compute, ModelDefinition definition,
        CancellationToken cancellationToken)
    {
        Holdout holdout = ModelSettings.HoldoutOf(compute);

        // Without a holdout the accounts are no input.
        return holdout.Share == 0 ? [] :
        [
            .. connection.Collect(
                    Baskets.Customers(compute.Inputs[definition.Accounts].Select()), cancellationToken)
                .Where(a => holdout.Contains((string?)a[1])).Select(a => (string)a[0]!),
        ];
    }

    private static void Fill(
        DuckDbAppender columns, int row, string account, Suggestion item, bool fallback, int version, DateOnly through)
    {
        columns[0].Set(row, account);
        columns[1].Set(row, item.Rank);
        columns[2].Set(row, item.Service);
        columns[3].Set(row, item.Score);
        if (item.Probability is { } probability)
        {
            columns[4].Set(row, probability);
        }
        else
        {
            columns[4].SetNull(row);
        }

        if (item.Reasons.Length > 0)
        {
            columns[5].Set(row, item.Reasons[0].Service);
        }
        else
        {
            columns[5].SetNull(row);
        }

        columns[6].Set(row, fallback);
        columns[7].Set(row, version);
        columns[8].Set(row, through);
    }
}

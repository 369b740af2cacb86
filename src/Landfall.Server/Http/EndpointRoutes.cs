using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Landfall.Recommender.Exposures;
using Landfall.Server.Endpoints;
using Landfall.Server.Http.Contracts;
using Landfall.Server.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Landfall.Server.Http;

/// <summary>
/// The addresses below <c>/endpoints/NAME</c>: the contract of Azure Machine Learning's online endpoints.
/// </summary>
/// <param name="endpoints">Endpoints by name.</param>
/// <param name="pipeline">Scores.</param>
/// <param name="clock">Time.</param>
internal sealed class EndpointRoutes(
    FrozenDictionary<string, RecommenderEndpoint> endpoints, ScoringPipeline pipeline, TimeProvider clock)
{
    /// <summary>The header that chooses a deployment, and says which answered.</summary>
    public const string DeploymentHeader = "azureml-model-deployment";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Whether every endpoint has a deployment with traffic.</summary>
    public bool AreServing => endpoints.Values.All(e => e.Current.IsServing);

    /// <summary>Adds the addresses.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/endpoints/{name}/", Reading, LiveAsync);
        routes.MapMethods("/endpoints/{name}/health/live", Reading, LiveAsync);
        routes.MapMethods("/endpoints/{name}/health/ready", Reading, ReadyAsync);
        routes.MapMethods("/endpoints/{name}/swagger.json", Reading, SwaggerAsync);
        routes.MapMethods("/endpoints/{name}/status", Reading, StatusAsync);
        routes.MapPost("/endpoints/{name}/score", ScoreAsync);
        routes.MapPost("/endpoints/{name}/feedback", FeedbackAsync);
    }

    /// <summary>Runs work of an endpoint for a caller with a key, when not too much is under way.</summary>
    public static async Task GuardAsync(
        HttpContext context, RecommenderEndpoint endpoint, Func<RecommenderEndpoint, Task> work)
    {
        if (!endpoint.Keys.Admit(context.Request.Headers.Authorization))
        {
            endpoint.Counters.Refuse();
            throw new RefusedRequest(
                401, RefusedRequest.NoKey, "Send a key of the endpoint as Authorization: Bearer KEY.");
        }

        if (!endpoint.Gate.TryEnter(endpoint.Limits.ConcurrencyMax))
        {
            endpoint.Counters.Refuse();
            throw new RefusedRequest(
                429, RefusedRequest.Busy,
                $"More than {endpoint.Limits.ConcurrencyMax} requests are under way. Send it again in a second.");
        }

        try
        {
            await work(endpoint);
        }
        catch (RefusedRequest refused) when (refused.Code != RefusedRequest.ModelFailed)
        {
            endpoint.Counters.Refuse();
            throw;
        }
        finally
        {
            endpoint.Gate.Leave();
        }
    }

    /// <summary>The deployment that answers: the one the caller names, else one by the traffic's shares.</summary>
    /// <exception cref="RefusedRequest">404: there is no such deployment, or none with traffic.</exception>
    public static Deployment Choose(HttpContext context, DeploymentSet deployments)
    {
        Deployment? chosen = context.Request.Headers.TryGetValue(DeploymentHeader, out var wanted)
            ? deployments.Find(wanted.ToString()) ?? throw RefusedRequest.Missing(
                $"The endpoint has no deployment of the name that {DeploymentHeader} gives.")
            : deployments.Pick(Random.Shared.Next(100));
        return chosen ?? throw RefusedRequest.Missing(
            "The endpoint has no deployment with traffic yet: no model is registered. Train one, or name a deployment "
            + $"with {DeploymentHeader}.");
    }

    /// <summary>Writes what the answer says of how it came about.</summary>
    public static void Describe(HttpContext context, Deployment deployment, TimeSpan elapsed)
    {
        context.Response.Headers[DeploymentHeader] = deployment.Name;
        context.Response.Headers["x-ms-run-fn-exec-ms"] =
            elapsed.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture);
    }

    /// <summary>The endpoint that an address names.</summary>
    /// <exception cref="RefusedRequest">404: there is none.</exception>
    public RecommenderEndpoint Find(HttpContext context, string parameter) =>
        endpoints.TryGetValue((string)context.Request.RouteValues[parameter]!, out RecommenderEndpoint? endpoint)
            ? endpoint
            : throw RefusedRequest.Missing("There is no endpoint of that name.");

    private Task LiveAsync(HttpContext context)
    {
        _ = Find(context, "name");
        return Answers.TextAsync(context, StatusCodes.Status200OK, "Healthy");
    }

    private Task ReadyAsync(HttpContext context) => Find(context, "name").Current.IsServing
        ? Answers.TextAsync(context, StatusCodes.Status200OK, "Ready")
        : Answers.TextAsync(
            context, StatusCodes.Status503ServiceUnavailable, "Not ready: no deployment has traffic yet.");

    private Task SwaggerAsync(HttpContext context)
    {
        RecommenderEndpoint endpoint = Find(context, "name");
        if (context.Request.Query.TryGetValue("version", out var version) && version != "3")
        {
            throw RefusedRequest.Missing("The description has version 3 of OpenAPI only.");
        }

        return Answers.JsonAsync(
            context, StatusCodes.Status200OK, writer => OpenApiDescription.Write(writer, endpoint.Name));
    }

    private Task StatusAsync(HttpContext context) => GuardAsync(context, Find(context, "name"), endpoint =>
        Answers.JsonAsync(
            context, StatusCodes.Status200OK, StatusOf(endpoint), ServerJson.Default.StatusBody));

    private Task ScoreAsync(HttpContext context)
    {
        long started = clock.GetTimestamp();
        return GuardAsync(context, Find(context, "name"), async endpoint =>
        {
            Deployment deployment = Choose(context, endpoint.Current);
            ScoreRequest request = await RequestBody.ReadAsync(
                context, ServerJson.Default.ScoreRequest, endpoint.Limits, clock);
            ScoreQuery query = RequestRules.Check(request);
            long asked = clock.GetTimestamp();
            ScoredSubject[] scored = pipeline.Score(endpoint, deployment, query, started);
            Describe(context, deployment, clock.GetElapsedTime(asked));
            ScoreResponse response = new(
                deployment.Model.Identity, deployment.Name, Array.ConvertAll(scored, ScoreBodies.Of));
            await Answers.JsonAsync(
                context, StatusCodes.Status200OK, response, ServerJson.Default.ScoreResponse);
        });
    }

    private Task FeedbackAsync(HttpContext context) => GuardAsync(context, Find(context, "name"), async endpoint =>
    {
        FeedbackRequest request = await RequestBody.ReadAsync(
            context, ServerJson.Default.FeedbackRequest, endpoint.Limits, clock);
        ImmutableArray<FeedbackEvent> events = RequestRules.Check(request, clock.GetUtcNow());
        if (!endpoint.Exposures.TryAppend(events))
        {
            throw new RefusedRequest(
                429, RefusedRequest.Busy, "The log has no room for feedback now. Nothing was taken. Send it again.");
        }

        await Answers.JsonAsync(
            context, StatusCodes.Status202Accepted, new FeedbackResponse(events.Length),
            ServerJson.Default.FeedbackResponse);
    });

    private static StatusBody StatusOf(RecommenderEndpoint endpoint) => new()
    {
        Endpoint = endpoint.Name,
        Deployments =
        [
            .. endpoint.Deployments.Select(d =>
                new DeploymentBody(d.Name, d.Model.Identity.Version, d.TrafficPercent, d.MirrorPercent)),
        ],
        Answered = endpoint.Counters.Answered,
        Accounts = endpoint.Counters.Accounts,
        Fallbacks = endpoint.Counters.Fallbacks,
        Refused = endpoint.Counters.Refused,
        Failed = endpoint.Counters.Failed,
        Mirrored = endpoint.Counters.Mirrored,
        MirrorFailed = endpoint.Counters.MirrorFailed,
        MirrorSkipped = endpoint.Counters.MirrorSkipped,
        MirrorOverlap = endpoint.Counters.MirrorOverlap,
        ExposuresDropped = endpoint.Counters.ExposuresDropped,
        ExposureLog = endpoint.Exposures.Status,
    };
}

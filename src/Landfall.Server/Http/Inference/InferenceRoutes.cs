using System.Globalization;
using System.Text.Json;
using Landfall.Server.Endpoints;
using Landfall.Server.Http.Contracts;
using Landfall.Server.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Landfall.Server.Http.Inference;

/// <summary>
/// The Open Inference Protocol V2: an endpoint's name is the model's, a model's version is that of one of its
/// deployments.
/// </summary>
/// <param name="endpoints">The endpoints' own addresses.</param>
/// <param name="pipeline">Scores.</param>
/// <param name="clock">Time.</param>
internal sealed class InferenceRoutes(EndpointRoutes endpoints, ScoringPipeline pipeline, TimeProvider clock)
{
    private const string Model = "/v2/models/{model}";
    private const string Version = "/v2/models/{model}/versions/{version}";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds the addresses.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/v2", Reading, ServerAsync);
        routes.MapMethods("/v2/health/live", Reading, c => FlagAsync(c, "live", true));
        routes.MapMethods("/v2/health/ready", Reading, c => FlagAsync(c, "ready", endpoints.AreServing));
        foreach (string model in new[] { Model, Version })
        {
            routes.MapMethods(model, Reading, ModelAsync);
            routes.MapMethods(model + "/ready", Reading, ReadyAsync);
            routes.MapPost(model + "/infer", InferAsync);
        }
    }

    private static Task ServerAsync(HttpContext context) => Answers.JsonAsync(context, 200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", "landfall");
        writer.WriteString("version", RequestFrame.Version);
        writer.WriteStartArray("extensions");
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static Task FlagAsync(HttpContext context, string name, bool value) =>
        Answers.JsonAsync(context, value ? 200 : 503, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean(name, value);
            writer.WriteEndObject();
        });

    private Task ReadyAsync(HttpContext context)
    {
        RecommenderEndpoint endpoint = endpoints.Find(context, "model");
        bool ready = VersionOf(context) is { } version
            ? endpoint.Deployments.Any(d => d.Model.Identity.Version == version)
            : endpoint.Current.IsServing;
        return FlagAsync(context, "ready", ready);
    }

    private Task ModelAsync(HttpContext context) =>
        EndpointRoutes.GuardAsync(context, endpoints.Find(context, "model"), endpoint =>
        {
            int[] versions = [.. endpoint.Deployments.Select(d => d.Model.Identity.Version).Distinct().Order()];
            if (VersionOf(context) is { } version)
            {
                versions = versions.Contains(version) ? [version] : throw NoSuchVersion();
            }

            return Answers.JsonAsync(context, 200, w => ModelDescription.Write(w, endpoint.Name, versions));
        });

    private Task InferAsync(HttpContext context)
    {
        long started = clock.GetTimestamp();
        return EndpointRoutes.GuardAsync(context, endpoints.Find(context, "model"), async endpoint =>
        {
            DeploymentSet deployments = endpoint.Current;
            Deployment deployment = VersionOf(context) is { } version
                ? deployments.All.FirstOrDefault(d => d.Model.Identity.Version == version) ?? throw NoSuchVersion()
                : EndpointRoutes.Choose(context, deployments);
            InferRequest request = await RequestBody.ReadAsync(
                context, ServerJson.Default.InferRequest, endpoint.Limits, clock);
            if (request.Id?.Length > EndpointLimits.IdLengthMax)
            {
                throw RefusedRequest.Limit($"id has at most {EndpointLimits.IdLengthMax} characters.");
            }

            IReadOnlyCollection<string> wanted = Tensors.Wanted(request);
            ScoreQuery query = Tensors.Read(request);
            long asked = clock.GetTimestamp();
            ScoredSubject[] scored = pipeline.Score(endpoint, deployment, query, started);
            EndpointRoutes.Describe(context, deployment, clock.GetElapsedTime(asked));
            await Answers.JsonAsync(context, 200, writer => WriteAnswer(
                writer, endpoint.Name, deployment, request.Id, wanted, scored));
        });
    }

    private static void WriteAnswer(
        Utf8JsonWriter writer, string model, Deployment deployment, string? id, IReadOnlyCollection<string> wanted,
        ScoredSubject[] scored)
    {
        writer.WriteStartObject();
        writer.WriteString("model_name", model);
        writer.WriteString(
            "model_version", deployment.Model.Identity.Version.ToString(CultureInfo.InvariantCulture));
        if (id is not null)
        {
            writer.WriteString("id", id);
        }

        writer.WriteStartObject("parameters");
        writer.WriteString("deployment", deployment.Name);
        writer.WriteEndObject();
        TensorWriter.Write(writer, wanted, scored);
        writer.WriteEndObject();
    }

    /// <summary>The version that an address names; null where it names none.</summary>
    private static int? VersionOf(HttpContext context) =>
        context.Request.RouteValues["version"] is not string text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version
        : throw NoSuchVersion();

    private static RefusedRequest NoSuchVersion() =>
        RefusedRequest.Missing("No deployment of the model has this version.");
}

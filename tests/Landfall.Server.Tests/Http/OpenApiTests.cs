using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Landfall.Server.Http;
using Landfall.Server.Http.Contracts;
using Landfall.Server.Models;
using NJsonSchema;
using NSwag;

namespace Landfall.Server.Tests.Http;

/// <summary>The description of an endpoint is what the endpoint does, so that clients made from it work.</summary>
public sealed class OpenApiTests
{
    private static readonly Dictionary<string, JsonTypeInfo> Types = new()
    {
        ["ScoreRequest"] = ServerJson.Default.ScoreRequest,
        ["ScoreResponse"] = ServerJson.Default.ScoreResponse,
        ["Model"] = ServerJson.Default.GetTypeInfo(typeof(ModelIdentity))!,
        ["Recommendation"] = ServerJson.Default.GetTypeInfo(typeof(RecommendationBody))!,
        ["Item"] = ServerJson.Default.GetTypeInfo(typeof(RecommendedItem))!,
        ["Reason"] = ServerJson.Default.GetTypeInfo(typeof(ReasonBody))!,
        ["FeedbackRequest"] = ServerJson.Default.FeedbackRequest,
        ["FeedbackEvent"] = ServerJson.Default.GetTypeInfo(typeof(FeedbackItem))!,
        ["FeedbackResponse"] = ServerJson.Default.FeedbackResponse,
        ["Problem"] = ServerJson.Default.ProblemBody,
    };

    [Fact]
    public async Task Schemas_Properties_AreThoseOfTheContract()
    {
        JsonElement document = await DescriptionAsync();
        Dictionary<string, JsonElement> schemas = document.GetProperty("components").GetProperty("schemas")
            .EnumerateObject().ToDictionary(s => s.Name, s => s.Value);

        Assert.Equal(Types.Keys.Order(), schemas.Keys.Order());
        Assert.All(Types, t => Assert.Equal(
            t.Value.Properties.Select(p => p.Name).Order(StringComparer.Ordinal),
            schemas[t.Key].GetProperty("properties").EnumerateObject().Select(p => p.Name)
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task References_All_Resolve()
    {
        JsonElement document = await DescriptionAsync();
        string[] references = [.. ReferencesOf(document)];

        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.True(Resolves(document, r), r));
        Assert.False(Resolves(document, "#/components/schemas/Nothing"));
    }

    [Fact]
    public async Task Example_Sent_IsAnsweredInTheShapeDescribed()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        string description = await server.Client.GetStringAsync(TestServer.Base + "/swagger.json");
        OpenApiDocument document = await OpenApiDocument.FromJsonAsync(description);
        OpenApiOperation operation = document.Paths[TestServer.Base + "/score"]["post"];
        JsonSchema schema = document.Components.Schemas["ScoreResponse"];

        // What an answer has beyond its description is as wrong as what it lacks.
        foreach (JsonSchema described in document.Components.Schemas.Values)
        {
            described.AllowAdditionalProperties = false;
        }

        using HttpResponseMessage response =
            await server.ScoreAsync(operation.RequestBody.Content["application/json"].Example.ToString()!);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(schema.Validate(await response.Content.ReadAsStringAsync(), SchemaType.OpenApi3));
        Assert.Equal(
            [
                "#/deployment", "#/model.more", "#/model.name", "#/model.sha256", "#/model.trained_through",
                "#/model.version", "#/recommendations",
            ],
            schema.Validate("""{"model":{"name":1,"more":2},"deployment":null}""", SchemaType.OpenApi3)
                .Select(e => e.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Versions_OtherThanThree_AreNotThere()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        Assert.Equal(
            HttpStatusCode.OK, (await server.Client.GetAsync(TestServer.Base + "/swagger.json?version=3")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await server.Client.GetAsync(TestServer.Base + "/swagger.json?version=2")).StatusCode);
    }

    private static async Task<JsonElement> DescriptionAsync()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        return await TestServer.JsonAsync(await server.Client.GetAsync(TestServer.Base + "/swagger.json"));
    }

    private static IEnumerable<string> ReferencesOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(
            p => p.Name == "$ref" ? [p.Value.GetString()!] : ReferencesOf(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(ReferencesOf),
        _ => [],
    };

    private static bool Resolves(JsonElement document, string reference)
    {
        foreach (string part in reference[2..].Split('/'))
        {
            if (!document.TryGetProperty(part, out document))
            {
                return false;
            }
        }

        return true;
    }
}

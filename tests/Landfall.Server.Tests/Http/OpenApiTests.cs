using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Landfall.Server.Http;
using Landfall.Server.Http.Contracts;
using Landfall.Server.Models;

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
        JsonElement document = await DescriptionAsync();
        JsonElement operation =
            document.GetProperty("paths").GetProperty(TestServer.Base + "/score").GetProperty("post");
        string example = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
            .GetProperty("example").GetRawText();

        using HttpResponseMessage response = await server.ScoreAsync(example);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement schema = Resolve(document, "#/components/schemas/ScoreResponse");
        Assert.Empty(Deviations(document, schema, await TestServer.JsonAsync(response), "$"));
        using JsonDocument other = JsonDocument.Parse("""{"model":{"name":1},"deployment":"d"}""");
        Assert.Equal(
            ["$.model.name", "$.model.sha256", "$.model.trained_through", "$.model.version", "$.recommendations"],
            Deviations(document, schema, other.RootElement, "$").Order(StringComparer.Ordinal));
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

    private static JsonElement Resolve(JsonElement document, string reference) =>
        reference[2..].Split('/').Aggregate(document, (e, part) => e.GetProperty(part));

    /// <summary>Where a value is not what a schema says: required properties and types.</summary>
    private static IEnumerable<string> Deviations(
        JsonElement document, JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = Resolve(document, reference.GetString()!);
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return schema.TryGetProperty("nullable", out JsonElement nullable) && nullable.GetBoolean() ? [] : [place];
        }

        return (schema.GetProperty("type").GetString(), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) =>
            [
                .. schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!)
                    .Where(r => !value.TryGetProperty(r, out _)).Select(r => $"{place}.{r}"),
                .. value.EnumerateObject().SelectMany(p => Deviations(
                    document, schema.GetProperty("properties").GetProperty(p.Name), p.Value, $"{place}.{p.Name}")),
            ],
            ("array", JsonValueKind.Array) => value.EnumerateArray().SelectMany(
                (e, i) => Deviations(document, schema.GetProperty("items"), e, $"{place}[{i}]")),
            ("string", JsonValueKind.String) or ("number" or "integer", JsonValueKind.Number)
                or ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            _ => [place],
        };
    }
}

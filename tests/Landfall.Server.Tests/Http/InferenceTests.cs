using System.Net;
using System.Text.Json;

namespace Landfall.Server.Tests.Http;

/// <summary>The Open Inference Protocol V2.</summary>
public sealed class InferenceTests
{
    private const string Model = "/v2/models/cloud";

    [Fact]
    public async Task Infer_Baskets_AnswersTensorsAsScoreDoes()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        using HttpResponseMessage response = await server.PostAsync(Model + "/infer",
            """
            {"id":"q1","parameters":{"k":2},"inputs":[
              {"name":"services","datatype":"BYTES","shape":[2,2],"data":[["service-0","service-1"],["service-5",""]]},
              {"name":"exclude","datatype":"BYTES","shape":[1],"data":["service-3"]}]}
            """);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement body = await TestServer.JsonAsync(response);
        Assert.Equal("cloud", body.GetProperty("model_name").GetString());
        Assert.Equal("7", body.GetProperty("model_version").GetString());
        Assert.Equal("q1", body.GetProperty("id").GetString());
        Dictionary<string, JsonElement> outputs = body.GetProperty("outputs").EnumerateArray()
            .ToDictionary(o => o.GetProperty("name").GetString()!);
        Assert.Equal([2, 2], outputs["service_id"].GetProperty("shape").EnumerateArray().Select(s => s.GetInt32()));
        Assert.Equal(
            ["service-2", "service-4", "service-4", "service-2"],
            outputs["service_id"].GetProperty("data").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal("FP64", outputs["score"].GetProperty("datatype").GetString());
        Assert.Equal(
            0.002 + (1.0 / 3) + (1.0 / 2), outputs["score"].GetProperty("data")[0].GetDouble(), 1e-15);
        Assert.Equal(
            outputs["recommendation_id"].GetProperty("data").EnumerateArray().Select(r => r.GetString()),
            server.Exposures.Served.Select(s => s.RecommendationId));
    }

    [Fact]
    public async Task Infer_AccountsWithAHoldout_FillsItsRow()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        JsonElement body = await TestServer.JsonAsync(await server.PostAsync(Model + "/versions/7/infer",
            """
            {"parameters":{"k":1},"outputs":[{"name":"service_id"},{"name":"count"}],"inputs":[
              {"name":"account_id","datatype":"BYTES","shape":[2],"data":["account-4","account-5"]}]}
            """));

        JsonElement[] outputs = [.. body.GetProperty("outputs").EnumerateArray()];
        Assert.Equal(["count", "service_id"], outputs.Select(o => o.GetProperty("name").GetString()));
        Assert.Equal("[1,0]", outputs[0].GetProperty("data").GetRawText());
        Assert.Equal("""["service-5",""]""", outputs[1].GetProperty("data").GetRawText());
        Assert.Equal(["treated", "holdout"], server.Exposures.Served.Select(s => s.Arm));
    }

    [Fact]
    public async Task Metadata_OfServerAndModel_IsThere()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        JsonElement host = await TestServer.JsonAsync(await server.Client.GetAsync("/v2"));
        JsonElement model = await TestServer.JsonAsync(await server.Client.GetAsync(Model + "/versions/7"));

        Assert.Equal("landfall", host.GetProperty("name").GetString());
        Assert.Equal("""["7"]""", model.GetProperty("versions").GetRawText());
        Assert.Equal(
            ["account_id", "services", "exclude"],
            model.GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(Model + "/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(Model + "/versions/7/ready")).StatusCode);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync(Model + "/versions/8/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync(Model + "/versions/8")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync(Model + "/versions/x")).StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"inputs":[]}""")]
    [InlineData("""{"inputs":[null]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"FP32","shape":[1],"data":["a"]}]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"BYTES","shape":[2],"data":["a"]}]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"BYTES","shape":[-1],"data":[]}]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"BYTES","shape":[1,1,1],"data":["a"]}]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"BYTES","shape":[65536,65536],"data":["a"]}]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"BYTES","shape":[1],"data":[1]}]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"BYTES","shape":[1]}]}""")]
    [InlineData("""{"inputs":[{"name":"services","datatype":"BYTES","shape":[1],"data":["\ud800"]}]}""")]
    [InlineData("""{"inputs":[{"name":"account_id","datatype":"BYTES","shape":[1],"data":[""]}]}""")]
    [InlineData("""{"inputs":[GOOD],"parameters":{"k":0}}""")]
    [InlineData("""{"inputs":[GOOD],"parameters":{"n":1}}""")]
    [InlineData("""{"inputs":[GOOD],"outputs":[{"name":"x"}]}""")]
    [InlineData("""{"inputs":[GOOD,GOOD]}""")]
    public async Task Infer_BadTensors_AreRefusedInTheProtocolsForm(string body)
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        const string Good = """{"name":"services","datatype":"BYTES","shape":[1],"data":["a"]}""";
        using HttpResponseMessage response = await server.PostAsync(
            Model + "/infer", body.Replace("GOOD", Good, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((await TestServer.JsonAsync(response)).GetProperty("error").GetString()!);
        Assert.Empty(server.Exposures.Served);
    }
}

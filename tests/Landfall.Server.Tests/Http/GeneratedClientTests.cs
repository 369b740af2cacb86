using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace Landfall.Server.Tests.Http;

/// <summary>A client that NSwag makes of an endpoint's description, compiled and used against the endpoint.</summary>
public sealed class GeneratedClientTests
{
    [Fact]
    public async Task Client_MadeOfTheDescription_ScoresReportsAndSeesProblems()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        Assembly made = Compile(Generate(await server.Client.GetStringAsync(TestServer.Base + "/swagger.json")));
        dynamic client = Activator.CreateInstance(made.GetType("Made.Client")!, server.Client)!;
        client.BaseUrl = server.Server.Address.ToString();
        dynamic request = Activator.CreateInstance(made.GetType("Made.ScoreRequest")!)!;
        request.Account_id = "account-3";
        request.K = 2;

        dynamic answer = await client.ScoreAsync(null, request);
        dynamic recommendation = Enumerable.Single((IEnumerable<dynamic>)answer.Recommendations);
        dynamic[] items = [.. (IEnumerable<dynamic>)recommendation.Items];

        Assert.Equal(7, (int)answer.Model.Version);
        Assert.Equal([1, 2], items.Select(i => (int)i.Rank));
        Assert.Equal(2, await FeedbackAsync(made, client, recommendation, items));
        request.K = 101;
        Exception problem = await Assert.ThrowsAnyAsync<Exception>(() => (Task)client.ScoreAsync(null, request));
        Assert.Equal(400, (int)((dynamic)problem).StatusCode);
    }

    private static async Task<int> FeedbackAsync(
        Assembly made, dynamic client, dynamic recommendation, dynamic[] items)
    {
        dynamic feedback = Activator.CreateInstance(made.GetType("Made.FeedbackRequest")!)!;
        foreach (dynamic item in items)
        {
            dynamic happened = Activator.CreateInstance(made.GetType("Made.FeedbackEvent")!)!;
            happened.Recommendation_id = recommendation.Recommendation_id;
            happened.Service_id = item.Service_id;
            happened.Kind = (dynamic)Enum.Parse(made.GetType("Made.FeedbackEventKind")!, "Accepted");
            feedback.Events.Add(happened);
        }

        return (await client.FeedbackAsync(feedback)).Accepted;
    }

    private static string Generate(string description)
    {
        OpenApiDocument document = OpenApiDocument.FromJsonAsync(description).GetAwaiter().GetResult();
        CSharpClientGeneratorSettings settings = new()
        {
            ClassName = "Client",
            CSharpGeneratorSettings =
            {
                Namespace = "Made",
                JsonLibrary = CSharpJsonLibrary.SystemTextJson,
            },
        };
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compile(string code)
    {
        var compilation = CSharpCompilation.Create(
            "Made",
            [CSharpSyntaxTree.ParseText(code)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(p => MetadataReference.CreateFromFile(p)),
            new(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream bytes = new();
        var result = compilation.Emit(bytes);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Take(5)));
        return Assembly.Load(bytes.ToArray());
    }
}

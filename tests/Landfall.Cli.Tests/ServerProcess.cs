using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests;

/// <summary><c>serve</c> as a process of its own on a free port, and a client that has its key.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri score, string key)
    {
        _process = process;
        Score = score;
        Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    /// <summary>The first endpoint's address for scoring.</summary>
    public Uri Score { get; }

    public HttpClient Client { get; } = new();

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a server of Relecloud's estate, or of another; it answers when this returns.</summary>
    public static async Task<ServerProcess> StartAsync(string home, string estate = "estates/relecloud")
    {
        CliResult keys = await CliProgram.RunAsync("recommender", "keys", "--show", "secondary", "--home", home);
        Assert.Equal(43, keys.Output.Trim().Length);
        ProcessStartInfo start = new(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Landfall.Cli.dll"),
                "serve", "--port", "0", "--home", home, "--estate", estate,
            ])
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardError = true,
            Environment = { ["LANDFALL_ROOT"] = Repository.Root },
        };
        Process process = Process.Start(start)!;
        string? serving = await process.StandardError.ReadLineAsync().WaitAsync(Patience);
        Assert.StartsWith("Serving http://", serving, StringComparison.Ordinal);
        return new(process, new(serving!.Split(' ')[1].TrimEnd(';')), keys.Output.Trim());
    }

    /// <summary>Posts JSON to the endpoint: to <c>score</c>, or to what stands beside it.</summary>
    public async Task<HttpResponseMessage> PostAsync(string json, string path = "score")
    {
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        return await Client.PostAsync(new Uri(Score, path), content);
    }

    /// <summary>The answer to a request that must succeed.</summary>
    public async Task<JsonNode> ScoreAsync(string json)
    {
        using HttpResponseMessage response = await PostAsync(json);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>Asks the server to end, which it must do in peace.</summary>
    /// <returns>What it wrote to standard error after its first line.</returns>
    public async Task<string> StopAsync()
    {
        using (Process kill = Process.Start(
            "kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        string rest = await _process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync();
        return rest;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

using System.Diagnostics;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// Writers that run out of space for real, at each write: data file, log entry, checkpoint, optimize. The oracle looks
/// while there is none, and again after there is space and the same process went on.
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int DiskBytes = 2 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TmpfsFact]
    public async Task Writer_OnAFullDisk_SaysSoAndGoesOn() => await RequireAsync("disk");

    [Fact]
    public async Task Writer_AtTheLimitOfAFilesSize_SaysSoAndGoesOn() => await RequireAsync("file");

    [TmpfsFact]
    public async Task Writer_ThatAcknowledgesFirst_IsFoundOutByAFullDisk() =>
        Assert.Contains(await RunAsync("disk", "ack-first"), s => s[2].StartsWith("I1", StringComparison.Ordinal));

    private async Task RequireAsync(string kind)
    {
        List<string[]> steps = await RunAsync(kind, "safe");

        output.WriteLine($"{steps.Count - 1} times without space.");
        Assert.All(steps, s => Assert.Equal("", s[2]));
        Assert.All(steps.SkipLast(1), s => Assert.Equal("LF4211", s[1]));
        Assert.Equal("enough", steps[^1][1]);
        Assert.InRange(steps.Count, 10, 400);
    }

    /// <summary>Number, end and violations of each step.</summary>
    private async Task<List<string[]>> RunAsync(string kind, string store)
    {
        string[] under = kind == "disk" ? SmallDisk.Mount(_folder.Path, DiskBytes) : [];
        using Process process = HarnessProcess.StartUnder(under, ["scarce", _folder.Path, kind, store]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        List<string[]> steps = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            steps.Add(line.Split('\t'));
        }

        await process.WaitForExitAsync();
        Assert.True(store != "safe" || process.ExitCode == 0, await errors);
        return steps;
    }
}

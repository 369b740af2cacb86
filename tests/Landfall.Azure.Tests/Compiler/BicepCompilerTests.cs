using System.Diagnostics;
using Landfall.Azure.Compiler;
using Landfall.Estate;
using Landfall.Testing;

namespace Landfall.Azure.Tests.Compiler;

public sealed class BicepCompilerTests(BicepFixture bicep) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Compile_OfAModuleWithMistakes_LocatesThemInTheModule()
    {
        _folder.Write("main.bicep", "module m 'part.bicep' = {}\n")
            .Write("part.bicep", "param a string = 1\nparam b string\noutput o string = '${a}${b}'\n")
            .Write("main.bicepparam", "using 'main.bicep'\n");

        Compilation compilation = await bicep.WithCompilerAsync(
            c => c.CompileAsync(Path.Combine(_folder.Path, "main.bicepparam"), CancellationToken.None));

        BicepDiagnostic found = Assert.Single(compilation.Diagnostics, d => d.Code == "BCP033");
        Assert.False(compilation.Success);
        Assert.Equal("part.bicep", Path.GetFileName(found.Source));
        Assert.Equal((0, 17), (found.Range.Start.Line, found.Range.Start.Char));
    }

    [Fact]
    public async Task Format_OfAFile_GivesItsText()
    {
        _folder.Write("main.bicep", "param   a   string\n");

        Assert.Equal("param a string\n", await bicep.WithCompilerAsync(
            c => c.FormatAsync(Path.Combine(_folder.Path, "main.bicep"), CancellationToken.None)));
    }

    [Fact]
    public async Task Version_OfTheCompiler_IsTheOneThatTestsDownload() =>
        Assert.Equal("0.49.2", await bicep.WithCompilerAsync(c => Task.FromResult(c.Version)));

    [Fact]
    public async Task Dispose_EndsTheProcess()
    {
        BicepCompiler compiler = await StartAsync(BicepFixture.CompilerPath);
        int id = compiler.ProcessId;
        Assert.True(IsRunning(id));

        await compiler.DisposeAsync();

        Assert.False(IsRunning(id));
    }

    [Fact]
    public async Task Ask_OfAKilledProcess_SaysThatItEnded()
    {
        await using BicepCompiler compiler = await StartAsync(BicepFixture.CompilerPath);
        using (var process = Process.GetProcessById(compiler.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(
            () => compiler.CompileAsync(Path.Combine(_folder.Path, "main.bicepparam"), CancellationToken.None));

        Assert.Equal("LF5151", failure.Code);
    }

    [Fact]
    public async Task Start_OfAProgramThatEnds_TellsItsLastWords()
    {
        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(
            () => StartAsync(Script("echo 'no libicu here' >&2; exit 3")));

        Assert.Equal("LF5151", failure.Code);
        Assert.Contains("no libicu here", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAProgramThatHangs_EndsIt()
    {
        string mark = Path.Combine(_folder.Path, "pid");
        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(() => BicepCompiler.StartAsync(
            Script($"echo $$ > {mark}; exec sleep 600"), TimeSpan.FromSeconds(1), CancellationToken.None));

        Assert.Equal("LF5152", failure.Code);
        Assert.False(IsRunning(int.Parse(await File.ReadAllTextAsync(mark))));
    }

    [Fact]
    public async Task Start_Cancelled_EndsTheProgram()
    {
        string mark = Path.Combine(_folder.Path, "pid");
        using CancellationTokenSource stop = new();
        Task<BicepCompiler> start =
            BicepCompiler.StartAsync(Script($"echo $$ > {mark}; exec sleep 600"), Patience, stop.Token);
        await Eventually.TrueAsync(() => File.Exists(mark) && File.ReadAllText(mark).EndsWith('\n'));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.False(IsRunning(int.Parse(await File.ReadAllTextAsync(mark))));
    }

    [Theory]
    [InlineData("echo 'this is no message'; cat > /dev/null")]
    [InlineData(@"printf 'Content-Length: 4\r\n\r\n{{{{'; cat > /dev/null")]
    public async Task Start_OfAProgramThatPrintsGarbage_SaysSo(string script)
    {
        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(() => StartAsync(Script(script)));

        Assert.Equal("LF5153", failure.Code);
    }

    [Fact]
    public async Task Start_OfWhatIsNoProgram_Fails()
    {
        _folder.Write("bicep", "text");

        LandfallException failure =
            await Assert.ThrowsAsync<LandfallException>(() => StartAsync(Path.Combine(_folder.Path, "bicep")));

        Assert.Equal("LF5150", failure.Code);
    }

    private static Task<BicepCompiler> StartAsync(string path) =>
        BicepCompiler.StartAsync(path, Patience, CancellationToken.None);

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string Script(string text)
    {
        string path = Path.Combine(_folder.Path, "fake");
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}

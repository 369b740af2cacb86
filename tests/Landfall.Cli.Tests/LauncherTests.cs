namespace Landfall.Cli.Tests;

/// <summary>The launcher's checks, with stand-ins for dotnet, node and npm on the PATH.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly List<string> _usual =
    [
        "bash", "cat", "cmp", "cp", "cut", "dirname", "find", "flock", "grep", "head", "mkdir", "mv", "paste",
        "readlink", "rm", "sleep", "sort", "tail", "touch", "tr",
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Launcher_WithoutDotnet_SaysWhatIsMissing()
    {
        CliResult result = await LaunchAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("the .NET SDK is missing", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("8.0.404")]
    [InlineData("9.0.100-preview.1")]
    public async Task Launcher_OldSdk_SaysWhatItFound(string version)
    {
        Tool("dotnet", $"echo {version}");

        CliResult result = await LaunchAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"found SDK {version}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_WithoutNode_SaysWhatIsMissing()
    {
        Tool("dotnet", "echo 10.0.100");

        CliResult result = await LaunchAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Node.js is missing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_OldNode_SaysWhatItFound()
    {
        Tool("dotnet", "echo 10.0.100");
        Tool("node", "echo v18.19.1");

        CliResult result = await LaunchAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("found v18.19.1, needed 20 or later", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_WithoutNpm_SaysWhatIsMissing()
    {
        Tool("dotnet", "echo 10.0.100");
        Tool("node", "echo v20.1.0");

        CliResult result = await LaunchAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("npm is missing", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launcher_FirstStart_FetchesBuildsAndRunsOnce()
    {
        Tools();

        CliResult first = await LaunchAsync("status", "a b");
        CliResult second = await LaunchAsync("status");

        Assert.Equal("ran status|a b|\n", first.Output);
        Assert.Contains("Built in ", first.Error, StringComparison.Ordinal);
        Assert.Equal("ran status|\n", second.Output);
        Assert.Equal("", second.Error);
        Assert.Equal(["npm", "build"], Calls());
    }

    [Fact]
    public async Task Launcher_ChangedAndRemovedSources_BuildsAgain()
    {
        Tools();
        await LaunchAsync();

        string source = _folder.Write("clone/src/New.cs", "class New;");
        await LaunchAsync();
        File.Delete(source);
        await LaunchAsync();
        await LaunchAsync();

        Assert.Equal(["npm", "build", "build", "build"], Calls());
    }

    [Fact]
    public async Task Launcher_ChangedLockFile_FetchesAgain()
    {
        Tools();
        await LaunchAsync();

        _folder.Write("clone/native/package-lock.json", "{ }");
        await LaunchAsync();

        Assert.Equal(["npm", "build", "npm"], Calls());
    }

    [Fact]
    public async Task Launcher_WrongHash_RemovesWhatItFetched()
    {
        Tools();
        Tool("node", "case $1 in --version) echo v20.1.0 ;; *) echo wrong hash; exit 1 ;; esac");

        CliResult result = await LaunchAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("wrong hash", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "clone/native/node_modules")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Launcher_SeveralAtOnce_BuildOnce(bool hasFlock)
    {
        Tools();
        if (!hasFlock)
        {
            _usual.Remove("flock");
        }

        CliResult[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LaunchAsync("x")));

        Assert.All(results, r => Assert.Equal("ran x|\n", r.Output));
        Assert.Equal(["npm", "build"], Calls());
    }

    [Fact]
    public async Task Launcher_FailedBuild_ShowsErrorsAndKeepsTheOldStamp()
    {
        Tools();
        Tool("dotnet", "[ $1 = --version ] && echo 10.0.100 && exit; echo 'A.cs(1,1): error CS1002: no ;'; exit 1");

        CliResult result = await LaunchAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error CS1002", result.Error, StringComparison.Ordinal);
    }

    private void Tools()
    {
        string calls = Path.Combine(_folder.Path, "calls");
        Tool("dotnet", $$"""
            case $1 in
              --version) echo 10.0.100 ;;
              build)
                echo build >>"{{calls}}"
                mkdir -p "$LANDFALL_ARTIFACTS/bin/Landfall.Cli/release"
                touch "$LANDFALL_ARTIFACTS/bin/Landfall.Cli/release/Landfall.Cli.dll" ;;
              *) shift; printf 'ran '; printf '%s|' "$@"; echo ;;
            esac
            """);
        Tool("node", "[ $1 != --version ] || echo v20.1.0");
        Tool("npm", $"echo npm >>\"{calls}\"; mkdir -p node_modules");
    }

    private string[] Calls() => File.ReadAllLines(Path.Combine(_folder.Path, "calls"));

    private void Tool(string name, string script)
    {
        string path = _folder.Write("tools/" + name, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    /// <summary>Starts a copy of the launcher in a clone with one source, with the usual tools on its PATH.</summary>
    private Task<CliResult> LaunchAsync(params string[] arguments)
    {
        string clone = Path.Combine(_folder.Path, "clone");
        if (!Directory.Exists(clone))
        {
            Clone(clone);
        }

        return CliProgram.StartAsync(_folder.Path, "/bin/bash", [Path.Combine(clone, "landfall"), .. arguments], new()
        {
            ["PATH"] = $"{_folder.Path}/tools:{_folder.Path}/usual",
            ["LANDFALL_ARTIFACTS"] = Path.Combine(_folder.Path, "artifacts"),
        });
    }

    private void Clone(string clone)
    {
        _folder.Write("clone/src/A.cs", "class A;");
        _folder.Write("clone/global.json", "{}");
        _folder.Write("clone/Directory.Build.props", "<Project/>");
        _folder.Write("clone/native/package-lock.json", "{}");
        _folder.Write("clone/eng/launcher.sh", File.ReadAllText(Path.Combine(Repository.Root, "eng/launcher.sh")));
        File.Copy(Path.Combine(Repository.Root, "landfall"), Path.Combine(clone, "landfall"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "usual"));
        foreach (string name in _usual)
        {
            string? tool = new[] { "/usr/bin", "/bin" }.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
            if (tool is not null)
            {
                File.CreateSymbolicLink(Path.Combine(_folder.Path, "usual", name), tool);
            }
        }
    }
}

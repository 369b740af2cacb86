namespace Landfall.Architecture.Tests;

/// <summary>The layers of the code: exactly these projects need exactly these others.</summary>
public sealed class ProjectEdgesTests
{
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["Landfall.Cli"] =
        [
            "Landfall.Azure", "Landfall.Engine.DuckDb", "Landfall.Engine.Spark", "Landfall.Recommender",
            "Landfall.Server", "Landfall.Serving", "Landfall.Sources", "Relecloud.Application", "Relecloud.Sources",
        ],
        ["Landfall.Azure"] = ["Landfall.Governance"],
        ["Landfall.Recommender"] = ["Landfall.Engine.DuckDb"],
        ["Landfall.Server"] = ["Landfall.Recommender"],
        ["Landfall.Serving"] = ["Landfall.Engine"],
        ["Landfall.Sources"] = ["Landfall.Engine"],
        ["Landfall.Engine.DuckDb"] = ["Landfall.DuckDb", "Landfall.Engine"],
        ["Landfall.Engine.Spark"] = ["Landfall.Engine"],
        ["Landfall.Engine"] = ["Landfall.Delta", "Landfall.Governance", "Landfall.Sql", "Landfall.Workers"],
        ["Landfall.Governance"] = ["Landfall.Estate"],
        ["Landfall.Delta"] = ["Landfall.Estate"],
        ["Landfall.DuckDb"] = ["Landfall.Estate"],
        ["Landfall.Posix"] = ["Landfall.Estate"],
        ["Landfall.Sql"] = ["Landfall.Estate"],
        ["Landfall.Workers"] = ["Landfall.Posix"],
        ["Landfall.Estate"] = [],
        ["Relecloud.Application"] = ["Landfall.Recommender", "Relecloud.Sources"],
        ["Relecloud.Sources"] = [],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Landfall.Cli"] = ["Spectre.Console", "System.CommandLine"],
        ["Landfall.Azure"] = ["Azure.Bicep.Types.Az", "StreamJsonRpc"],
        ["Landfall.Recommender"] = [],
        ["Landfall.Server"] = [],
        ["Landfall.Serving"] = ["Npgsql"],
        ["Landfall.Engine.DuckDb"] = [],
        ["Landfall.Engine.Spark"] =
        [
            "Apache.Arrow", "Apache.Arrow.Compression", "Google.Protobuf", "Grpc.Net.Client", "Grpc.Tools",
        ],
        ["Landfall.Engine"] = ["ZstdSharp.Port"],
        ["Landfall.Sources"] = ["Microsoft.Extensions.FileSystemGlobbing", "Npgsql"],
        ["Landfall.Governance"] = [],
        ["Landfall.Delta"] = [],
        ["Landfall.DuckDb"] = ["DuckDB.NET.Bindings.Full"],
        ["Landfall.Posix"] = [],
        ["Landfall.Sql"] = [],
        ["Landfall.Workers"] = [],
        ["Landfall.Estate"] = ["YamlDotNet"],
        ["Relecloud.Application"] = [],
        ["Relecloud.Sources"] = ["Npgsql"],
    };

    /// <summary>
    /// What a test project needs besides its subject: the simulator writes to the embedded server, the engine's tests
    /// start programs of their own to kill, race and confine, benchmarks measure the command line, and portable SQL is
    /// asked of each engine.
    /// </summary>
    private static readonly Dictionary<string, string[]> Needs = new()
    {
        ["Landfall.Azure.Tests"] = ["Landfall.Recommender"],
        ["Landfall.Bench.Tests"] = ["Landfall.Cli"],
        ["Landfall.Cli.Tests"] = ["Landfall.Engine.WorkerHost"],
        ["Landfall.Engine.DuckDb.Tests"] = ["Landfall.Engine.Harness"],
        ["Landfall.Engine.Tests"] = ["Landfall.Engine.Harness", "Landfall.Engine.WorkerHost"],
        ["Landfall.Estate.Tests"] = ["Landfall.Recommender"],
        ["Landfall.Posix.Tests"] = ["Landfall.Engine.Harness"],
        ["Landfall.Server.Tests"] = ["Landfall.Server.Harness"],
        ["Landfall.Serving.Tests"] = ["Landfall.Recommender"],
        ["Landfall.Sources.Tests"] = ["Landfall.Serving"],
        ["Landfall.Sql.Tests"] = ["Landfall.Engine.Spark"],
        ["Landfall.Workers.Tests"] = ["Landfall.Engine.WorkerHost"],
        ["Relecloud.Sources.Tests"] = ["Landfall.Serving", "Relecloud.Application"],
    };

    private static IEnumerable<string> ProjectPaths =>
        RepositoryFiles.All.Select(f => f.Path).Where(p => p.EndsWith(".csproj", StringComparison.Ordinal));

    private static IReadOnlyList<ProjectFile> Projects(string folder) =>
    [
        .. RepositoryFiles.All
            .Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal))
            .Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => ProjectFile.Parse(f.Path, f.Text!)),
    ];

    [Fact]
    public void Sources_ProjectReferences_AreExactlyTheLayers() =>
        Assert.Equal(Lines(Expected), Lines(Projects("src/"), p => p.Projects));

    [Fact]
    public void Sources_PackageReferences_AreExactlyTheListed() =>
        Assert.Equal(Lines(Packages), Lines(Projects("src/"), p => p.Packages));

    [Fact]
    public void Tests_ProjectReferences_AreTheirSubjectAndTesting() => Assert.All(
        Projects("tests/").Where(p => p.Name.EndsWith(".Tests", StringComparison.Ordinal)),
        p => Assert.Subset(
            new HashSet<string>(Needs.GetValueOrDefault(p.Name, []))
            {
                p.Name[..^".Tests".Length], "Landfall.Testing",
            },
            p.Projects.ToHashSet()));

    /// <summary>A new engine must not have to work around another one's types.</summary>
    [Fact]
    public void DuckDb_IsSeen_ByItsEngineAndWhatStandsAboveItOnly()
    {
        Dictionary<string, string[]> edges = Projects("src/").ToDictionary(p => p.Name, p => p.Projects.ToArray());
        bool Sees(string project, string other) =>
            edges[project].Any(p => p == other || Sees(p, other));

        Assert.All(
            edges.Keys.Where(p => Sees(p, "Landfall.DuckDb")),
            p => Assert.True(p == "Landfall.Engine.DuckDb" || Sees(p, "Landfall.Engine.DuckDb"), p));
        Assert.False(Sees("Landfall.Engine", "Landfall.DuckDb"));
    }

    [Fact]
    public void Testing_ProjectReferences_AreTheEngineAndSourcesOnly() =>
        Assert.Equal(["Landfall.Engine.DuckDb", "Landfall.Sources"],
            Projects("tests/").Single(p => p.Name == "Landfall.Testing").Projects);

    [Fact]
    public void Solution_Projects_AreAllThatThereAre()
    {
        string solution = RepositoryFiles.Text("Landfall.slnx");

        Assert.All(ProjectPaths, p => Assert.Contains(p, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Projects_Restored_HaveLockFiles() => Assert.All(
        ProjectPaths,
        p => Assert.True(File.Exists(
            Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(p)!, "packages.lock.json")), p));

    [Fact]
    public void ProjectFile_WithAnotherReference_Differs()
    {
        ProjectFile project = ProjectFile.Parse(
            "src/Landfall.Delta/Landfall.Delta.csproj",
            """<Project><ProjectReference Include="../Landfall.DuckDb/Landfall.DuckDb.csproj" /></Project>""");

        Assert.NotEqual(Expected["Landfall.Delta"], project.Projects);
    }

    private static IEnumerable<string> Lines(Dictionary<string, string[]> expected) =>
        expected.Select(e => $"{e.Key}: {string.Join(", ", e.Value)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(
        IEnumerable<ProjectFile> projects, Func<ProjectFile, IEnumerable<string>> values) =>
        projects.Select(p => $"{p.Name}: {string.Join(", ", values(p))}").Order(StringComparer.Ordinal);
}

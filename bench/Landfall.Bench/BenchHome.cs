using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Landfall.Bench;

/// <summary>A home of its own for one benchmark, with Relecloud's sources at a scale; removed at the end.</summary>
internal sealed class BenchHome : IDisposable
{
    private readonly string _landfall;
    private readonly string? _program;
    private bool _used;

    /// <summary>Makes the home.</summary>
    /// <param name="size">How much the benchmarks do.</param>
    /// <param name="program">The command line's own file; null to ask the launcher.</param>
    public BenchHome(BenchSize size, string? program)
    {
        Size = size;
        _program = program;
        Folder = Path.Combine(Path.GetTempPath(), "landfall-bench-" + Environment.ProcessId);
        Directory.CreateDirectory(Folder);
        string? root = Environment.GetEnvironmentVariable("LANDFALL_ROOT") ?? AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "landfall")))
        {
            root = Path.GetDirectoryName(root);
        }

        Root = root ?? throw new InvalidOperationException("No landfall launcher above.");
        _landfall = Path.Combine(Root, "landfall");
    }

    public BenchSize Size { get; }

    public string Folder { get; }

    /// <summary>Folder of the repository.</summary>
    public string Root { get; }

    public string Lake => Path.Combine(Folder, "local", "lake");

    public string ScaleText => Size.Scale.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs the command line; returns standard output.</summary>
    public string Landfall(params string[] args)
    {
        _used = true;
        string[] program = _program is null ? [_landfall] : ["dotnet", _program];
        ProcessStartInfo start = new(program[0], [.. program[1..], .. args, "--home", Folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"landfall {string.Join(' ', args)} ended with {process.ExitCode}.");
    }

    /// <summary>What the last run recorded of itself.</summary>
    public JsonNode LastRun() => JsonNode.Parse(File.ReadAllText(
        Directory.GetFiles(Path.Combine(Folder, "runs"), "*.json").Order(StringComparer.Ordinal).Last()))!;

    /// <summary>Runs SQL in DuckDB alone, in a process of its own.</summary>
    public Measurement DuckDbAlone(string sql)
    {
        string file = Path.Combine(Folder, "baseline.sql");
        File.WriteAllText(file, sql);
        return Self("baseline", file);
    }

    /// <summary>Runs this program in a process of its own, which prints seconds and its peak memory in bytes.</summary>
    public Measurement Self(params IEnumerable<string> arguments) =>
        Measure(SelfStart(arguments));

    /// <summary>Runs this program in a process of its own; returns what it prints.</summary>
    public string SelfText(params IEnumerable<string> arguments) => Output(SelfStart(arguments));

    /// <summary>Time and memory of delta-rs to open a table and count its files; null where it is not there.</summary>
    public Measurement? DeltaRs(string folder, int files)
    {
        string program = Path.Combine(Path.GetDirectoryName(_landfall)!, "..", "shared", "delta-rs", "delta-rs");
        if (Size.IsTiny || !File.Exists(program))
        {
            return null;
        }

        string home = Path.Combine(Folder, "delta-rs");
        using (Process made = Process.Start(new ProcessStartInfo(program, ["--help"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["LANDFALL_DELTA_RS_HOME"] = home },
        })!)
        {
            made.WaitForExit();
        }

        const string code = """
            import resource, sys, time
            from deltalake import DeltaTable
            start = time.perf_counter()
            files = len(DeltaTable(sys.argv[1]).file_uris())
            assert files == int(sys.argv[2]), files
            seconds = time.perf_counter() - start
            print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
            """;
        return Measure(new(Path.Combine(home, "bin", "python3"), ["-c", code, folder, $"{files}"]));
    }

    public void Dispose()
    {
        if (_used)
        {
            Landfall("down");
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Ends the benchmark where what was measured is not what it should be.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Expected: {what}.");
        }
    }

    private ProcessStartInfo SelfStart(IEnumerable<string> arguments) => new(
        Environment.ProcessPath!,
        [.. Program(), .. Size.IsTiny ? ["--tiny"] : Array.Empty<string>(), .. arguments]);

    private static string Output(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Require(process.ExitCode == 0, "what is measured ends well");
        return output;
    }

    private static Measurement Measure(ProcessStartInfo start)
    {
        string[] output = Output(start).Split(' ');
        Require(output.Length == 2, "what is measured ends well");
        return new(
            double.Parse(output[0], CultureInfo.InvariantCulture), long.Parse(output[1], CultureInfo.InvariantCulture));
    }

    private static string[] Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(BenchHome).Assembly.Location]
            : [];
}

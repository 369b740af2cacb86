using System.Diagnostics;
using System.Globalization;

namespace Landfall.Bench;

/// <summary>A home of its own for one benchmark, with Relecloud's sources at a scale; removed at the end.</summary>
internal sealed class BenchHome : IDisposable
{
    private readonly string _landfall;

    public BenchHome(double scale)
    {
        Scale = scale;
        Folder = Path.Combine(Path.GetTempPath(), "landfall-bench-" + Environment.ProcessId);
        Directory.CreateDirectory(Folder);
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "landfall")))
        {
            root = Path.GetDirectoryName(root);
        }

        _landfall = Path.Combine(root ?? throw new InvalidOperationException("No landfall launcher above."),
            "landfall");
    }

    public double Scale { get; }

    public string Folder { get; }

    public string Lake => Path.Combine(Folder, "local", "lake");

    public string ScaleText => Scale.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs the command line; returns standard output.</summary>
    public string Landfall(params string[] args)
    {
        ProcessStartInfo start = new(_landfall, [.. args, "--home", Folder]) { UseShellExecute = false,
            RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"landfall {string.Join(' ', args)} ended with {process.ExitCode}.");
    }

    /// <summary>Runs SQL in DuckDB alone, in a process of its own.</summary>
    public Measurement DuckDbAlone(string sql)
    {
        string file = Path.Combine(Folder, "baseline.sql");
        File.WriteAllText(file, sql);
        return Self("baseline", file);
    }

    /// <summary>Runs this program in a process of its own, which prints seconds and its peak memory in bytes.</summary>
    public static Measurement Self(params IEnumerable<string> arguments) =>
        Measure(new(Environment.ProcessPath!, [.. Program(), .. arguments]));

    /// <summary>Time and memory of delta-rs to open a table and count its files; null where it is not there.</summary>
    public Measurement? DeltaRs(string folder)
    {
        string program = Path.Combine(Path.GetDirectoryName(_landfall)!, "..", "shared", "delta-rs", "delta-rs");
        if (!File.Exists(program))
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
            assert files == 100000, files
            seconds = time.perf_counter() - start
            print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
            """;
        return Measure(new(Path.Combine(home, "bin", "python3"), ["-c", code, folder]));
    }

    public void Dispose()
    {
        Landfall("down");
        Directory.Delete(Folder, recursive: true);
    }

    private static Measurement Measure(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string[] output = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return new(
            double.Parse(output[0], CultureInfo.InvariantCulture), long.Parse(output[1], CultureInfo.InvariantCulture));
    }

    private static string[] Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(BenchHome).Assembly.Location]
            : [];
}

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
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. Self(), "baseline", file]) { UseShellExecute = false,
            RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] output = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return new(
            double.Parse(output[0], CultureInfo.InvariantCulture), long.Parse(output[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Landfall("down");
        Directory.Delete(Folder, recursive: true);
    }

    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(BenchHome).Assembly.Location]
            : [];
}

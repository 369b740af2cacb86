using System.Collections.Immutable;
using System.Diagnostics;

namespace Landfall.Cli.Tests.Serving;

/// <summary>A driver of the machine that reads PostgreSQL, run by a small program of its own language.</summary>
/// <param name="Name">The name that tests use.</param>
/// <param name="Tool">The tool whose line of <c>bi connect</c> it takes.</param>
/// <param name="Command">What runs it; the line and pairs of kinds and statement follow.</param>
/// <param name="Packages">What Debian names the packages it needs.</param>
/// <param name="Check">A command that ends well where it is installed.</param>
internal sealed record Driver(
    string Name, string Tool, ImmutableArray<string> Command, string Packages, ImmutableArray<string> Check)
{
    public const string Psycopg2 = "psycopg2";
    public const string Odbc = "ODBC";
    public const string Jdbc = "JDBC";

    private const string JdbcJar = "/usr/share/java/postgresql.jar";

    // Debian's modules are for Debian's own Python, whatever else is on the path.
    private const string Python = "/usr/bin/python3";

    private static readonly ImmutableArray<Driver> _all =
    [
        new(
            Psycopg2, "Python, psycopg 2", [Python, Beside("Read.py"), "psycopg2"], "python3-psycopg2",
            [Python, "-c", "import psycopg2"]),
        new(
            Odbc, "ODBC", [Python, Beside("Read.py"), "pyodbc"], "odbc-postgresql unixodbc python3-pyodbc",
            [Python, "-c", "import pyodbc; assert 'PostgreSQL Unicode' in pyodbc.drivers()"]),
        new(
            Jdbc, "JDBC", ["java", "-cp", JdbcJar, Beside("Read.java")], "libpostgresql-jdbc-java default-jdk-headless",
            ["java", "-cp", JdbcJar, Beside("Read.java"), "check"]),
    ];

    /// <summary>The driver of a name; the test is skipped where it is not installed.</summary>
    public static Driver Get(string name)
    {
        Driver driver = _all.Single(d => d.Name == name);
        Assert.SkipUnless(driver.IsInstalled(), $"{name} is not installed: apt-get install {driver.Packages}");
        return driver;
    }

    /// <summary>Those that are installed.</summary>
    public static IEnumerable<Driver> Installed() => _all.Where(d => d.IsInstalled());

    /// <summary>Reads statements, each with the kinds of its columns; the lines of each result.</summary>
    public async Task<string[][]> ReadAsync(
        string line, string password, params (string Kinds, string Sql)[] statements)
    {
        CliResult result = await CliProgram.StartAsync(
            Path.GetTempPath(), Command[0],
            [.. Command[1..], line, .. statements.SelectMany(s => new[] { s.Kinds, s.Sql })],
            new() { ["PGPASSWORD"] = password, ["TZ"] = "UTC", ["HOME"] = "/nonexistent" });
        Assert.True(result.ExitCode == 0, $"{Name} ended with {result.ExitCode}:\n{result.Error}");
        return
        [
            .. result.Output.ReplaceLineEndings("\n").Split("\n.\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(r => r.Split('\n')),
        ];
    }

    private bool IsInstalled()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Check[0], Check[1..])
            {
                UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, "Serving", file);
}

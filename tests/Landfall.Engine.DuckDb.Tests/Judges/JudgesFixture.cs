using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Landfall.Engine.DuckDb.Tests.Storage;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>
/// One Spark with Delta Lake and one delta-rs for every test that asks them: starting Spark takes as long as a hundred
/// questions.
/// </summary>
public sealed class JudgesFixture : IDisposable
{
    private static readonly string[] Settings =
    [
        "spark.master=local[2]", "spark.ui.enabled=false", "spark.app.name=landfall",
        "spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.catalogImplementation=in-memory", "spark.sql.session.timeZone=UTC", "spark.sql.shuffle.partitions=2",
        "spark.sql.sources.parallelPartitionDiscovery.parallelism=2", "spark.databricks.delta.snapshotPartitions=1",
        "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1", "spark.sql.codegen.wholeStage=false",
        "spark.databricks.delta.retentionDurationCheck.enabled=false",
    ];

    private static readonly string[] Opened =
    [
        "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
        "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs", "sun.security.action",
        "sun.util.calendar", "jdk.internal.ref",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly JudgeProcess _spark;
    private readonly JudgeProcess _deltaRs;

    public JudgesFixture()
    {
        _spark = new("Spark", Spark);
        _deltaRs = new("delta-rs", DeltaRs);
        All = [new DeltaRsJudge(this), new SparkJudge(this)];
    }

    /// <summary>Every judge.</summary>
    public IReadOnlyList<IJudge> All { get; }

    public void Dispose()
    {
        _spark.Dispose();
        _deltaRs.Dispose();
        _folder.Dispose();
    }

    /// <summary>Runs a statement of Spark.</summary>
    internal IReadOnlyList<JsonObject> AskSpark(string sql) => _spark.Ask("S" + Base64(sql), sql);

    /// <summary>Makes Delta Lake write a checkpoint of a table's newest version.</summary>
    internal void CheckpointBySpark(string table) => _spark.Ask("C" + Base64(table), "checkpoint");

    /// <summary>Runs a command of delta-rs, as <c>Loop.py</c> takes it.</summary>
    internal IReadOnlyList<JsonObject> AskDeltaRs(JsonObject request) =>
        _deltaRs.Ask(Base64(request.ToJsonString()), request.ToJsonString());

    private ProcessStartInfo Spark()
    {
        string jars = Run(SharedSpark.Script, "home", []).Trim() + "/jars/*";
        IEnumerable<string> arguments =
        [
            .. Opened.Select(p => $"--add-opens=java.base/{p}=ALL-UNNAMED"), "--add-modules=jdk.incubator.vector",
            .. Settings.Select(s => "-D" + s), $"-Dspark.local.dir={_folder.Path}",
            $"-Dspark.sql.warehouse.dir={_folder.Path}/warehouse", "-Dio.netty.tryReflectionSetAccessible=true",
            "-Xmx2g", "-XX:+UseSerialGC", "-cp", jars, Beside("Loop.java"),
        ];
        return new("java", arguments)
        {
            WorkingDirectory = _folder.Path,
            Environment = { ["SPARK_LOCAL_IP"] = "127.0.0.1" },
        };
    }

    /// <summary>The fixture's own Python, in a place that we name.</summary>
    private static ProcessStartInfo DeltaRs()
    {
        const string variable = "LANDFALL_DELTA_RS_HOME";
        string home = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } known ? known : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "landfall", "delta-rs-judge");
        Run(SharedFactAttribute.Find(DeltaRsJudge.Program)!, "--help", [(variable, home)]);
        return new(Path.Combine(home, "bin", "python3"), [Beside("Loop.py")]);
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, "Judges", name);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Run(string program, string argument, (string Name, string Value)[] variables)
    {
        ProcessStartInfo info = new(program, [argument]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach ((string name, string value) in variables)
        {
            info.Environment[name] = value;
        }

        using Process process = Process.Start(info)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer : throw new JudgeException(program, "it does not start", argument);
    }
}

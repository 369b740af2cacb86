using Landfall.Bench;

// Usage: bench [--scale S] [ingest|revenue|incremental|log|training|endpoint|all]: one row a measurement.
double scale = 0.05;
List<string> names = [];
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--scale" && i + 1 < args.Length)
    {
        scale = double.Parse(args[++i], System.Globalization.CultureInfo.InvariantCulture);
    }
    else
    {
        names.Add(args[i]);
    }
}

if (names is ["baseline", string sqlFile])
{
    return Baseline.Run(sqlFile);
}

if (names is ["log", string part, string folder])
{
    double seconds = await LogBench.RunPartAsync(part, folder);
    long peak = System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64;
    Console.Write(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds} {peak}"));
    return 0;
}

if (names is ["endpoint-server", string kind, string data])
{
    return await EndpointServer.RunAsync(kind, data);
}

bool all = names.Count == 0 || names.Contains("all");
using BenchHome home = new(scale);
if (all || names.Contains("log"))
{
    await LogBench.RunAsync(home);
}

if (all || names.Contains("training"))
{
    TrainingBench.Run();
}

if (all || names.Contains("endpoint"))
{
    await EndpointBench.RunAsync(home);
}

if (all || names.Contains("ingest") || names.Contains("revenue") || names.Contains("incremental"))
{
    EstateBench.Run(home, incremental: all || names.Contains("incremental"));
}

return 0;

using System.Globalization;
using Landfall.Bench;

// Usage: bench [--scale S] [--tiny] [--program DLL]
//     [ingest|revenue|incremental|files|log|training|endpoint|publication|azure|spark|all]
// --program is the command line's own file, which the launcher is not asked for then.
double? scale = null;
string? program = null;
BenchSize size = BenchSize.Full;
List<string> names = [];
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--scale" when i + 1 < args.Length:
            scale = double.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        case "--program" when i + 1 < args.Length:
            program = args[++i];
            break;
        case "--tiny":
            size = BenchSize.Tiny;
            break;
        default:
            names.Add(args[i]);
            break;
    }
}

if (names is ["baseline", string sqlFile])
{
    return Baseline.Run(sqlFile);
}

if (names is ["log", string part, string folder])
{
    double seconds = await LogBench.RunPartAsync(size, part, folder);
    long peak = System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64;
    Console.Write(string.Create(CultureInfo.InvariantCulture, $"{seconds} {peak}"));
    return 0;
}

if (names is ["azure-part", string azurePart, string deployments, string cache])
{
    await AzurePart.RunAsync(azurePart, deployments, cache);
    return 0;
}

if (names is ["policy-part", string evaluated, string known, string policies])
{
    await PolicyPart.RunAsync(evaluated, known, policies);
    return 0;
}

if (names is ["endpoint-server", string kind, string data])
{
    return await EndpointServer.RunAsync(kind, data);
}

if (names.Count == 0 || names.Contains("all"))
{
    names = [.. names.Where(n => n != "all"), .. Benchmarks.Names];
}

if (names.Find(n => !Benchmarks.Names.Contains(n)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark {unknown}; there are {string.Join(", ", Benchmarks.Names)}.");
    return 2;
}

using BenchHome home = new(size with { Scale = scale ?? size.Scale }, program);
await Benchmarks.RunAsync(home, names);
return 0;

using System.Text.Json.Nodes;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Harness;

/// <summary>Starts a worker where no file can be made any more.</summary>
internal static class Crowd
{
    public static async Task<int> RunAsync(string folder)
    {
        string scratch = Directory.CreateDirectory(Path.Combine(folder, "scratch")).FullName;
        Fill(folder);
        WorkerRequest request = new()
        {
            Kind = "none", Payload = new JsonObject(), MemoryBytes = 1 << 20, Threads = 1,
            Timeout = TimeSpan.FromMinutes(1),
        };
        try
        {
            await new WorkerLauncher(WorkerCommand.Current(), TimeProvider.System, scratch)
                .RunAsync(request, null, TextWriter.Null, CancellationToken.None);
            return 1;
        }
        catch (LandfallException e)
        {
            Console.Out.WriteLine(e.Code);
            return 0;
        }
    }

    private static void Fill(string folder)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                File.WriteAllText(Path.Combine(folder, $"f{i}"), "");
            }
        }
        catch (IOException)
        {
            // There is no room for another.
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Landfall.Bench;

/// <summary>
/// Very many small files against the same bytes in ten, landed and read by the same program. Both must give the same
/// rows.
/// </summary>
internal static class FilesBench
{
    private const int Few = 10;
    private const int RowsPerFile = 20;

    public static async Task RunAsync(BenchHome home)
    {
        string estate = Path.Combine(home.Folder, "files-estate");
        WriteEstate(home, estate);
        long bytes = WriteFiles(home);
        double few = Seconds(home, estate, "few");
        double many = Seconds(home, estate, "many");
        int files = home.Size.ManyFiles;
        Row($"{Few} files, {bytes / 1e6:F0} MB", $"{few:F2} s");
        Row($"{files} files of the same bytes", $"{many:F2} s");
        Row($"ratio {files} files / {Few} files", $"{many / few:F1}");
        using LakeRows rows = new();
        string scan = await rows.ScanAsync(Folder(home, "many"));
        BenchHome.Require(rows.Agree(scan, await rows.ScanAsync(Folder(home, "few"))), "the same rows of both");
        Row("rows of both alike", $"{rows.Count(scan):N0}");
    }

    private static void WriteEstate(BenchHome home, string estate)
    {
        Write(estate, "estate.yaml", $$"""
            apiVersion: landfall/v1
            kind: Estate
            name: files
            title: Files
            domain: files.example
            currency: EUR
            prices: { version: "1", storageGigabyteMonth: 0.021, millionRequests: 0.40 }
            targets:
              local: { lake: lake, locations: { many: {{home.Folder}}/many, few: {{home.Folder}}/few } }
            """);
        Write(estate, "management/zone.yaml", """
            apiVersion: landfall/v1
            kind: ManagementZone
            id: management
            owner: team
            network: { range: 10.0.0.0/16, dnsSuffix: files.internal }
            egress: []
            identities: { users: [ana@files.example], groups: [{ id: team, members: [ana@files.example] }] }
            """);
        Write(estate, "ops/zone.yaml", """
            apiVersion: landfall/v1
            kind: LandingZone
            id: ops
            title: Operations
            owner: team
            costCentre: CC-1
            peers: []
            network: { range: 10.1.0.0/16 }
            tools: { engines: [duckdb], sources: [files], serving: [] }
            pools: [{ id: shared, engine: duckdb, memory: 1GiB, threads: 2, concurrency: 1, timeout: 1h,
                      price: { cpuHour: 0.06 } }]
            roles: []
            """);
        WriteIntegration(estate, "many");
        WriteIntegration(estate, "few");
    }

    private static void WriteIntegration(string estate, string id)
    {
        Write(estate, $"ops/integrations/{id}/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: {{id}}
            title: {{id}}
            owner: team
            pool: shared
            source: { type: files, location: {{id}} }
            tables: [{ name: t, files: "**/*.jsonl", format: jsonl, mode: append }]
            """);
        Write(estate, $"ops/integrations/{id}/contract.odcs.yaml", $$"""
            apiVersion: v3.1.0
            kind: DataContract
            id: {{id}}
            version: 1.0.0
            status: active
            schema:
              - name: t
                properties:
                  - { name: id, logicalType: integer, physicalType: bigint }
                  - { name: text, logicalType: string }
            """);
    }

    /// <summary>Writes the files, a thousand to a folder; returns the bytes of either kind.</summary>
    private static long WriteFiles(BenchHome home)
    {
        int perFew = (home.Size.ManyFiles + Few - 1) / Few;
        StringBuilder few = new();
        long bytes = 0;
        for (int file = 0; file < home.Size.ManyFiles; file++)
        {
            StringBuilder text = new();
            for (int row = 0; row < RowsPerFile; row++)
            {
                text.Append(
                    CultureInfo.InvariantCulture, $"{{\"id\":{(file * RowsPerFile) + row},\"text\":\"row {row}\"}}\n");
            }

            Write(home.Folder, $"many/{file / 1000}/{file}.jsonl", text.ToString());
            bytes += text.Length;
            few.Append(text);
            if ((file + 1) % perFew == 0 || file + 1 == home.Size.ManyFiles)
            {
                Write(home.Folder, $"few/{file}.jsonl", few.ToString());
                few.Clear();
            }
        }

        return bytes;
    }

    private static double Seconds(BenchHome home, string estate, string integration)
    {
        home.Landfall("run", "--estate", estate, "--select", integration);
        JsonNode run = home.LastRun();
        return run["steps"]!.AsArray().Sum(s => (double)s!["seconds"]!);
    }

    private static string Folder(BenchHome home, string integration) =>
        Path.Combine(home.Lake, "ops", "enriched", integration, "t");

    private static void Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-58} {figure}");
}

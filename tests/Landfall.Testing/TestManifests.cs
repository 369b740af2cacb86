namespace Landfall.Testing;

/// <summary>The manifests that every small estate of a test has alike.</summary>
public static class TestManifests
{
    /// <summary>Writes a manifest below an estate's folder.</summary>
    public static void Write(string estateFolder, string name, string text)
    {
        string path = Path.Combine(estateFolder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Writes <c>estate.yaml</c> with the target <c>local</c>, and the management zone.</summary>
    /// <param name="estateFolder">The estate's folder.</param>
    /// <param name="locations">The target's locations, as YAML.</param>
    /// <param name="egress">The egress rules, as YAML.</param>
    /// <param name="groups">
    /// Groups, each with a user of its own; the first owns the management zone. <c>team</c> and <c>ana</c> without any.
    /// </param>
    public static void WriteHead(
        string estateFolder, string locations = "{}", string egress = "[]",
        params (string Group, string User)[] groups)
    {
        if (groups.Length == 0)
        {
            groups = [("team", "ana")];
        }

        Write(estateFolder, "estate.yaml", $$"""
            apiVersion: landfall/v1
            kind: Estate
            name: test
            title: Test
            domain: test.example
            currency: EUR
            prices: { version: "1", storageGigabyteMonth: 0.021, millionRequests: 0.40 }
            targets:
              local: { lake: lake, locations: {{locations}} }
            """);
        string users = string.Join(", ", groups.Select(g => $"{g.User}@test.example"));
        string members = string.Join(
            "\n", groups.Select(g => $"    - {{ id: {g.Group}, members: [{g.User}@test.example] }}"));
        Write(estateFolder, "management/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: ManagementZone
            id: management
            owner: {{groups[0].Group}}
            network: { range: 10.0.0.0/16, dnsSuffix: test.internal }
            egress: {{egress}}
            identities:
              users: [{{users}}]
              groups:
            {{members}}
            """);
    }

    /// <summary>Writes the zone <c>ops</c> of the group <c>team</c>, which has the pool <c>shared</c>.</summary>
    /// <param name="estateFolder">The estate's folder.</param>
    /// <param name="source">The type of its sources.</param>
    /// <param name="secrets">Secrets of the pool, as YAML.</param>
    /// <param name="concurrency">Steps of the pool at once.</param>
    /// <param name="roles">Its roles, as YAML.</param>
    public static void WriteZone(
        string estateFolder, string source, string secrets = "[]", int concurrency = 1, string roles = "[]") =>
        Write(estateFolder, "ops/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: LandingZone
            id: ops
            title: Operations
            owner: team
            costCentre: CC-1
            peers: []
            network: { range: 10.1.0.0/16 }
            tools: { engines: [duckdb], sources: [{{source}}], serving: [sql] }
            pools:
              - { id: shared, engine: duckdb, memory: 1GiB, threads: 1, concurrency: {{concurrency}}, timeout: 1h,
                  price: { cpuHour: 0.06 }, secrets: {{secrets}} }
            roles: {{roles}}
            """);
}

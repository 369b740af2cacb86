using System.Runtime.CompilerServices;

namespace Landfall.Estate.Tests;

public sealed class ShippedEstatesTests
{
    [Theory]
    [InlineData("relecloud", 2)]
    [InlineData("focus", 1)]
    public void Load_ShippedEstate_HasNoProblem(string name, int zones)
    {
        EstateLoadResult result = EstateLoader.Load(Path.Combine(RepositoryFolder(), "estates", name), TestKinds.All);

        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.NotNull(result.Estate);
        Assert.Equal(zones, result.Estate.Zones.Length);
    }

    [Fact]
    public void Load_RelecloudWithoutBilling_HasNoErrorAndTheSameTables()
    {
        string from = Path.Combine(RepositoryFolder(), "estates", "relecloud");
        string azure = Path.Combine(from, "azure") + "/";
        string to = Directory.CreateTempSubdirectory("landfall-relecloud-").FullName;
        try
        {
            foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
                .Where(f => !f.StartsWith(Path.Combine(from, "billing") + "/", StringComparison.Ordinal)))
            {
                string copy = Path.Combine(to, Path.GetRelativePath(from, file));
                _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                IEnumerable<string> lines = File.ReadAllLines(file)
                    .Where(l => !file.StartsWith(azure, StringComparison.Ordinal) || !l.Contains("billing"));
                File.WriteAllText(copy, string.Join('\n', lines).Replace("peers: [billing]", "peers: []"));
            }

            EstateLoadResult result = EstateLoader.Load(to, TestKinds.All);

            Assert.All(result.Diagnostics, d => Assert.Equal("LF1072", d.Code));
            Assert.Equal(Fingerprints(EstateLoader.Load(from, TestKinds.All)), Fingerprints(result));
        }
        finally
        {
            Directory.Delete(to, recursive: true);
        }
    }

    private static IEnumerable<string> Fingerprints(EstateLoadResult result) =>
        result.Estate!.Zones.Single(z => z.Id == "operations").Integrations
            .SelectMany(i => i.Contract.Tables).Select(t => $"{t.Name} {t.Fingerprint()}");

    internal static string Relecloud() => Path.Combine(RepositoryFolder(), "estates", "relecloud");

    internal static string RepositoryFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}

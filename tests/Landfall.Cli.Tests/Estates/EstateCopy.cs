namespace Landfall.Cli.Tests.Estates;

/// <summary>Copies of a shipped estate that tests may change.</summary>
internal static class EstateCopy
{
    public static void Whole(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>The estate as it was before billing joined: without its folder and without references to it.</summary>
    public static void WithoutBilling(string from, string to)
    {
        Whole(from, to);
        Directory.Delete(Path.Combine(to, "billing"), recursive: true);
        Directory.Delete(Path.Combine(to, "azure"), recursive: true);
        Directory.Delete(Path.Combine(to, "operations", "agreements"), recursive: true);
        Directory.Delete(Path.Combine(to, "operations", "products", "recommender-revenue"), recursive: true);
        string zone = Path.Combine(to, "operations", "zone.yaml");
        IEnumerable<string> lines = File.ReadLines(zone).ToArray()
            .Where(l => !l.Contains("tables: [recommender-revenue]", StringComparison.Ordinal))
            .Select(l => l.Replace("peers: [billing]", "peers: []", StringComparison.Ordinal));
        File.WriteAllLines(zone, lines);
    }
}

using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;

namespace Landfall.Serving.Publishing;

/// <summary>
/// Whether the tables of a product are of one version: what two of them read in common, or one of the other, they read
/// as it is one and the same. A run that failed between two tables leaves them apart.
/// </summary>
internal static class VersionCheck
{
    /// <summary>Refuses tables that are not of one version.</summary>
    /// <exception cref="LandfallException">LF4317.</exception>
    public static async Task RequireWholeAsync(IStepHost host, CancellationToken cancellationToken)
    {
        Dictionary<TableName, (TableName Reader, long Version)> read = [];
        foreach (TableName table in host.Node.Reads)
        {
            DeltaTable delta = Open(host, table);
            long? pinned = host.Pins.TryGetValue(table, out long version) ? version : null;
            if (await delta.TryLoadAsync(pinned, cancellationToken) is { } snapshot && host.Node.Reads.Length > 1)
            {
                await MeetAsync(host, read, table, table, snapshot.Version, cancellationToken);
            }

            JsonObject? info = await delta.LatestInfoAsync("landfall", cancellationToken);
            foreach ((string name, JsonNode? pin) in info?["inputs"] as JsonObject ?? [])
            {
                if (TableName.TryParse(name, out TableName input) && host.Catalog.TryFind(input, out _))
                {
                    await MeetAsync(host, read, table, input, (long)pin!["version"]!, cancellationToken);
                }
            }
        }
    }

    private static async Task MeetAsync(
        IStepHost host, Dictionary<TableName, (TableName Reader, long Version)> read, TableName reader,
        TableName input, long version, CancellationToken cancellationToken)
    {
        if (!read.TryGetValue(input, out (TableName Reader, long Version) other))
        {
            read[input] = (reader, version);
            return;
        }

        long from = Math.Min(version, other.Version);
        long to = Math.Max(version, other.Version);
        if (from != to && await ChangesAsync(Open(host, input), from, to, cancellationToken))
        {
            throw new LandfallException(
                ServingCodes.NotWhole,
                $"{other.Reader} and {reader} are not of one version: they have {input} as of v{other.Version} and "
                + $"v{version}. Nothing was published; what was published before stays. Bring both up to date with: "
                + $"landfall run --select +{host.Node.UnitId}");
        }
    }

    private static async Task<bool> ChangesAsync(
        DeltaTable table, long from, long to, CancellationToken cancellationToken)
    {
        try
        {
            ChangedFiles changed = await table.ChangedFilesAsync(from, to, cancellationToken);
            return changed.Added.Length + changed.Removed.Length > 0;
        }
        catch (VersionGoneException)
        {
            // Its log is cleaned up beyond the older one: long ago, and nothing says that they are the same.
            return true;
        }
    }

    private static DeltaTable Open(IStepHost host, TableName table)
    {
        CatalogTable entry = host.Catalog.Get(table);
        return host.Lake.Open(host.Lake.TableFolder(entry.Name, entry.Layer));
    }
}

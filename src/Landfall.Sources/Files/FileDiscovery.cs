using System.Collections.Immutable;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Microsoft.Extensions.FileSystemGlobbing;

namespace Landfall.Sources.Files;

/// <summary>Finds the files of a source.</summary>
internal static class FileDiscovery
{
    private const long BatchBytesMax = 1L << 30;
    private const int BatchFilesMax = 10_000;

    /// <summary>Bad files that a message names.</summary>
    private const int Named = 20;

    /// <summary>Looks at a location.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="location">Absolute folder, or one file, which then is all there is.</param>
    /// <exception cref="LandfallException">
    /// LF4260 where the location does not exist; LF4268 for an unknown format; the code of what cannot be landed where
    /// the source says <c>onBadFile: stop</c>.
    /// </exception>
    public static FoundFiles Find(Integration integration, string location)
    {
        bool single = File.Exists(location);
        if (!single && !Directory.Exists(location))
        {
            throw new LandfallException(
                IngestCodes.NoLocation,
                $"The location of the integration {integration.Id} is neither a folder nor a file: {location}. "
                + "Nothing was landed. Make it, or give another with --location "
                + $"{((FilesSource)integration.Source).Location}=PATH.");
        }

        string folder = single ? Path.GetDirectoryName(location)! : location;
        (string, string)[] names = [(Path.GetFileName(location), location)];
        List<LeftOut> leftOut = [];
        if (!single)
        {
            FileWalk walk = new(folder);
            walk.Run();
            names = [.. walk.Files];
            leftOut = walk.LeftOut;
            RefuseBad(integration, leftOut);
        }

        IEnumerable<LandFile> files = integration.Tables.SelectMany(t => Matching(t, names));
        return new(
            folder,
            [
                .. files.OrderBy(f => f.SourceTime).ThenBy(f => f.File, StringComparer.Ordinal)
                    .ThenBy(f => f.Table, StringComparer.Ordinal),
            ],
            [.. leftOut.OrderBy(l => l.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Throws what is wrong with files where the source lets nothing of it pass.</summary>
    /// <exception cref="LandfallException">The code of the first.</exception>
    public static void RefuseBad(Integration integration, IReadOnlyCollection<LeftOut> bad)
    {
        if (bad.Count == 0 || !((FilesSource)integration.Source).StopsAtBadFiles)
        {
            return;
        }

        LeftOut[] named = [.. bad.OrderBy(l => l.Name, StringComparer.Ordinal).Take(Named)];
        string more = bad.Count > Named ? $", and {bad.Count - Named} more" : "";
        throw new LandfallException(
            named[0].Code,
            $"The integration {integration.Id} cannot land {string.Join<LeftOut>(", ", named)}{more}, and its source "
            + "says onBadFile: stop. Nothing of the batch was landed; the tables are as they were. Mend what is named, "
            + "take it away, or say onBadFile: quarantine; then run again.");
    }

    /// <summary>
    /// Cuts files into batches of at most 1 GiB and 10,000 files, in order; a larger file is a batch.
    /// </summary>
    public static IEnumerable<ImmutableArray<LandFile>> Batches(IEnumerable<LandFile> files)
    {
        var batch = ImmutableArray.CreateBuilder<LandFile>();
        long bytes = 0;
        foreach (LandFile file in files)
        {
            if (batch.Count > 0 && (batch.Count == BatchFilesMax || bytes + file.Size > BatchBytesMax))
            {
                yield return batch.ToImmutable();
                batch.Clear();
                bytes = 0;
            }

            batch.Add(file);
            bytes += file.Size;
        }

        if (batch.Count > 0)
        {
            yield return batch.ToImmutable();
        }
    }

    private static IEnumerable<LandFile> Matching(IntegrationTable table, (string Name, string Path)[] files)
    {
        Matcher matcher = new(StringComparison.Ordinal);
        var reading = (FilesReading)table.Reading;
        matcher.AddInclude(reading.Files);
        foreach ((string name, string path) in files)
        {
            if (matcher.Match(name).HasMatches && new FileInfo(path) is { Exists: true } info)
            {
                long modified = UnixMicros.Of(new DateTimeOffset(info.LastWriteTimeUtc));
                DateTimeOffset? named = reading.SourceTimeFromName ? FileNames.DateIn(name) : null;
                long time = named is { } date ? UnixMicros.Of(date) : modified;
                FileFormat format = FileNames.FormatOf(name, reading.Format);
                yield return new(table.Name, name, info.Length, modified, time, path, format);
            }
        }
    }
}

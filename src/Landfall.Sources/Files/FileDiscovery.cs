using System.Collections.Immutable;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Microsoft.Extensions.FileSystemGlobbing;

namespace Landfall.Sources.Files;

/// <summary>
/// Finds the files of a source. Hidden and temporary ones, <c>.name</c> and <c>_name</c>, are not seen.
/// </summary>
internal static class FileDiscovery
{
    private const long BatchBytesMax = 1L << 30;
    private const int BatchFilesMax = 10_000;

    /// <summary>The folder of a location and the files that tables want, in order of source time and path.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="location">Absolute folder, or one file, which then is all there is.</param>
    /// <exception cref="LandfallException">
    /// LF4260 where the location does not exist; LF4266 where a folder cannot be read; LF4268 for an unknown format.
    /// </exception>
    public static (string Folder, ImmutableArray<LandFile> Files) Find(Integration integration, string location)
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
        string[] names = single ? [Path.GetFileName(location)] : [.. Walk(integration, folder, "")];
        IEnumerable<LandFile> files = integration.Tables.SelectMany(t => Matching(t, folder, names));
        return (folder, [.. files.OrderBy(f => f.SourceTime).ThenBy(f => f.File,
            StringComparer.Ordinal).ThenBy(f => f.Table, StringComparer.Ordinal)]);
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

    private static IEnumerable<LandFile> Matching(IntegrationTable table, string folder, string[] names)
    {
        Matcher matcher = new(StringComparison.Ordinal);
        var reading = (FilesReading)table.Reading;
        matcher.AddInclude(reading.Files);
        foreach (string name in names)
        {
            if (matcher.Match(name).HasMatches)
            {
                FileInfo info = new(Path.Combine(folder, name));
                long modified = UnixMicros.Of(new DateTimeOffset(info.LastWriteTimeUtc));
                DateTimeOffset? named = reading.SourceTimeFromName ? FileNames.DateIn(name) : null;
                long time = named is { } date ? UnixMicros.Of(date) : modified;
                FileFormat format = FileNames.FormatOf(name, reading.Format);
                yield return new(table.Name, name, info.Length, modified, time, format);
            }
        }
    }

    private static IEnumerable<string> Walk(Integration integration, string folder, string prefix)
    {
        foreach (FileSystemInfo entry in EntriesOf(integration, folder))
        {
            if (entry.Name[0] is '.' or '_')
            {
                continue;
            }

            string name = prefix + entry.Name;
            if (entry is FileInfo)
            {
                yield return name;
            }
            else
            {
                foreach (string inner in Walk(integration, Path.Combine(folder, entry.Name), name + "/"))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>To leave out what cannot be read would land less than the source has, and nobody would know.</summary>
    private static FileSystemInfo[] EntriesOf(Integration integration, string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LandfallException(
                IngestCodes.UnreadableFolder,
                $"The folder {folder} of the integration {integration.Id} cannot be read: {e.Message.TrimEnd('.')}. "
                + "Nothing new of the integration was landed. Mend its rights or its disk, or keep it out with a name "
                + "that begins with '.' or '_', then run again.",
                e);
        }
    }
}

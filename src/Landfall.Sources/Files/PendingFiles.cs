using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Sources.Files;

/// <summary>Files of a source that the register does not have with their size and time.</summary>
/// <param name="Folder">The source folder.</param>
/// <param name="Files">The files in the order of landing.</param>
/// <param name="Reason">How many there are, as a phrase.</param>
internal sealed record PendingFiles(string Folder, ImmutableArray<LandFile> Files, string Reason)
{
    /// <summary>Looks at the source and compares it with the register.</summary>
    public static PendingFiles Find(
        Integration integration, IReadOnlyDictionary<string, string> locations, Register register)
    {
        string name = ((FilesSource)integration.Source).Location;
        if (!locations.TryGetValue(name, out string? location))
        {
            throw new LandfallException(
                IngestCodes.NoLocation,
                $"The integration {integration.Id} reads the location {name}, which this target does not have. "
                + "Nothing was landed. Add it under locations: in estate.yaml, or give it with --location "
                + $"{name}=PATH.");
        }

        (string folder, ImmutableArray<LandFile> found) = FileDiscovery.Find(integration, location);
        HashSet<(string, string, long, long)> landed =
            [.. register.Entries.Select(e => (e.Table, e.File, e.Size, e.Modified))];
        ImmutableArray<LandFile> files =
            [.. found.Where(f => !landed.Contains((f.Table, f.File, f.Size, f.Modified)))];
        return new(folder, files, string.Create(CultureInfo.InvariantCulture, $"{files.Length} new files"));
    }
}

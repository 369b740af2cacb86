using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Sources.Files;

/// <summary>Files of a source that the register does not have with their size and time.</summary>
/// <param name="Folder">The source folder.</param>
/// <param name="Files">The files in the order of landing.</param>
/// <param name="LeftOut">What cannot be landed.</param>
/// <param name="Reason">How many there are, as a phrase.</param>
internal sealed record PendingFiles(
    string Folder, ImmutableArray<LandFile> Files, ImmutableArray<LeftOut> LeftOut, string Reason)
{
    /// <summary>Looks at the source and compares it with the register.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="locations">Folders or files by location name.</param>
    /// <param name="register">What was landed.</param>
    /// <param name="all">Whether every file is to be read, whatever size and time it has.</param>
    public static PendingFiles Find(
        Integration integration, IReadOnlyDictionary<string, string> locations, Register register, bool all = false)
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

        FoundFiles found = FileDiscovery.Find(integration, location);
        HashSet<(string, string, long, long)> landed =
            [.. register.Entries.Select(e => (e.Table, e.File, e.Size, e.Modified))];
        ImmutableArray<LandFile> files =
            [.. found.Files.Where(f => all || !landed.Contains((f.Table, f.File, f.Size, f.Modified)))];
        string reason = files.Length == 0
            ? "no new files"
            : string.Create(CultureInfo.InvariantCulture, $"{files.Length} {(all ? "files to compare" : "new files")}");
        return new(
            found.Folder, files, found.LeftOut,
            found.LeftOut.Length == 0 ? reason
                : $"{reason}; left out: {string.Join<LeftOut>(", ", found.LeftOut.Take(3))}");
    }
}

using Landfall.Estate;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Reads the policies of a folder.</summary>
public static class PolicyFiles
{
    /// <summary>
    /// Reads every <c>.json</c> file below a folder: definitions, sets, assignments and exemptions as Azure's tools
    /// export them, and parameter files of templates that deploy one. What is a template itself is left out with a
    /// warning, a copy of another file without a word.
    /// </summary>
    /// <param name="folder">Absolute path.</param>
    /// <exception cref="LandfallException">LF5332: there is no such folder, or it holds no policy.</exception>
    public static PolicyLibrary Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw None(folder, "is not there");
        }

        DiagnosticBag diagnostics = new();
        EstateFiles files = new(folder, diagnostics);
        PolicyCollector collector = new(diagnostics, isEstate: false);
        HashSet<string> texts = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            if (files.ReadText(path) is { } text && texts.Add(text))
            {
                collector.AddFile(path, text, zone: null);
            }
        }

        PolicyLibrary library = collector.Collect();
        return library.Count > 0 || library.HasErrors ? library : throw None(folder, "holds no policy");
    }

    private static LandfallException None(string folder, string what) => new(
        PolicyCodes.NoPolicies,
        $"The folder {folder} {what}. Nothing was evaluated. Name one with policies of Azure, as .json files.");
}

using System.Text;
using Landfall.Estate;

namespace Landfall.Azure.Generation;

/// <summary>The folder that generated files are written to.</summary>
public static class GeneratedFolder
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes files whose text differs, and takes out folders of deployments and modules that are no longer generated.
    /// Parameters of other environments stay.
    /// </summary>
    /// <returns>How many files were written or taken out.</returns>
    /// <exception cref="LandfallException">LF5006: the folder holds something else.</exception>
    public static int Write(string folder, GeneratedFiles generated)
    {
        bool isOurs = !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()
            || Directory.EnumerateFiles(folder, "deployments.*.json").Any();
        if (!isOurs)
        {
            throw new LandfallException(
                AzureCodes.ForeignFolder,
                $"{folder} holds something else than deployments that were generated. Nothing was written. Name a new "
                + "or empty folder with --out.");
        }

        int changed = TakeOut(folder, generated);
        foreach ((string path, string text) in generated.Files)
        {
            string file = Path.Combine(folder, path);
            byte[] bytes = _utf8.GetBytes(text);
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes))
            {
                _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
                changed++;
            }
        }

        return changed;
    }

    private static int TakeOut(string folder, GeneratedFiles generated)
    {
        int gone = 0;
        if (!Directory.Exists(folder))
        {
            return gone;
        }

        foreach (string main in Directory.EnumerateFiles(folder, "main.bicep", SearchOption.AllDirectories)
            .Where(m => !generated.Files.ContainsKey(Relative(folder, m))).ToArray())
        {
            Directory.Delete(Path.GetDirectoryName(main)!, recursive: true);
            gone++;
        }

        string modules = Path.Combine(folder, "modules");
        if (Directory.Exists(modules))
        {
            foreach (string module in Directory.EnumerateFiles(modules)
                .Where(m => !generated.Files.ContainsKey(Relative(folder, m))).ToArray())
            {
                File.Delete(module);
                gone++;
            }
        }

        return gone;
    }

    private static string Relative(string folder, string file) =>
        Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}

using System.Text;
using System.Text.Json;
using Landfall.Azure.Deployments;
using Landfall.Estate;

namespace Landfall.Azure.Generation;

/// <summary>The folder that generated files are written to.</summary>
public static class GeneratedFolder
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes files whose text differs, and takes out deployments, policies and modules that are no longer generated.
    /// Parameters of other environments and files of others stay.
    /// </summary>
    /// <returns>How many files were written or taken out.</returns>
    /// <exception cref="LandfallException">LF5006: the folder holds something else.</exception>
    public static int Write(string folder, GeneratedFiles generated)
    {
        bool isOurs = !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()
            || Directory.EnumerateFiles(folder, DeploymentSet.FileName("*")).Any();
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

    /// <summary>Takes out deployments, policies and modules that were generated before and are not now.</summary>
    private static int TakeOut(string folder, GeneratedFiles generated)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        string[] deployments = [.. Before(folder).Except(generated.Deployments)];
        string[] gone =
        [
            .. deployments.Select(d => Path.Combine(folder, d)).Where(Directory.Exists)
                .SelectMany(d => Directory.EnumerateFiles(d, "main.*")),
            .. PoliciesBefore(folder).Where(f => !generated.Files.ContainsKey(f)).Select(f => Path.Combine(folder, f)),
            .. ModuleLibrary.Names.Select(m => $"modules/{m}").Where(m => !generated.Files.ContainsKey(m))
                .Select(m => Path.Combine(folder, m)).Where(File.Exists),
        ];
        foreach (string file in gone)
        {
            File.Delete(file);
        }

        string policies = Path.Combine(folder, PoliciesDeployment.Head);
        string[] ofPolicies = Directory.Exists(policies) ? [.. Directory.GetDirectories(policies), policies] : [];
        foreach (string left in deployments.Select(d => Path.Combine(folder, d)).Concat(ofPolicies).Where(
            d => Directory.Exists(d) && !Directory.EnumerateFileSystemEntries(d).Any()))
        {
            Directory.Delete(left);
        }

        return gone.Length;
    }

    /// <summary>Paths of the policies that the folder has.</summary>
    private static IEnumerable<string> PoliciesBefore(string folder)
    {
        string policies = Path.Combine(folder, PoliciesDeployment.Head);
        return Directory.Exists(policies)
            ? Directory.EnumerateFiles(policies, "*.json", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            : [];
    }

    /// <summary>Names of the deployments that the folder's lists name.</summary>
    private static IEnumerable<string> Before(string folder)
    {
        foreach (string list in Directory.EnumerateFiles(folder, DeploymentSet.FileName("*")))
        {
            DeploymentSet? set = null;
            try
            {
                set = DeploymentSet.Parse(File.ReadAllText(list));
            }
            catch (JsonException)
            {
                // Written anew, or told by azure check.
            }

            foreach (string name in (set?.Deployments ?? []).Select(d => d.Name).Where(IsPlain))
            {
                yield return name;
            }
        }
    }

    /// <summary>A name that leads nowhere else: a list may have been changed.</summary>
    private static bool IsPlain(string name) =>
        name.Length > 0 && !name.Contains('/') && !name.Contains("..", StringComparison.Ordinal);
}

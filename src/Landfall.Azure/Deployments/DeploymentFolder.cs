using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Estate;

namespace Landfall.Azure.Deployments;

/// <summary>Reads which deployments a folder holds.</summary>
public static class DeploymentFolder
{
    /// <summary>
    /// The environments of a folder: one for each <c>deployments.ENVIRONMENT.json</c>; without such a file one with
    /// every <c>.bicepparam</c> below the folder.
    /// </summary>
    /// <param name="folder">Absolute path.</param>
    /// <param name="environment">The only one wanted; null for all.</param>
    /// <param name="defaults">Where deployments of others are thought to be made.</param>
    /// <exception cref="LandfallException">LF5125 or LF5126.</exception>
    public static ImmutableArray<TargetSet> Read(string folder, string? environment, ForeignDefaults defaults)
    {
        if (!Directory.Exists(folder))
        {
            throw None(folder, "is not there");
        }

        string[] files =
            [.. Directory.EnumerateFiles(folder, DeploymentSet.FileName("*")).Order(StringComparer.Ordinal)];
        string[] named = environment is null
            ? files
            : [.. files.Where(f => Path.GetFileName(f) == DeploymentSet.FileName(environment))];
        ImmutableArray<TargetSet> wanted = files.Length > 0
            ? [.. named.Select(f => Generated(folder, f))]
            : [Foreign(folder, defaults)];
        return wanted.Any(s => !s.Targets.IsEmpty)
            ? wanted
            : throw None(folder, environment is null ? "holds no deployment" : $"holds no deployment of {environment}");
    }

    private static LandfallException None(string folder, string what) => new(
        CheckCodes.NoDeployments,
        $"The folder {folder} {what}. Nothing was checked. Name a folder that landfall azure generate wrote, or one "
        + "with .bicepparam files.");

    private static TargetSet Generated(string folder, string file)
    {
        string name = Path.GetFileName(file);
        DeploymentSet set;
        try
        {
            set = DeploymentSet.Parse(File.ReadAllText(file));
        }
        catch (JsonException failure)
        {
            throw Unreadable(name, failure.Message, failure);
        }

        foreach (Deployment deployment in set.Deployments)
        {
            string path = Path.GetFullPath(Path.Combine(folder, deployment.Parameters));
            if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
            {
                throw Unreadable(
                    name, $"{deployment.Name} names {deployment.Parameters}, which the folder has not", null);
            }
        }

        return new(
            set.Environment,
            IsForeign: false,
            set.Existing,
            [
                .. set.Deployments.Select(d => new DeploymentTarget(
                    d.Name, d.Name, d.Parameters, set.Tenant, d.Subscription, "", d.Location)),
            ]);
    }

    private static LandfallException Unreadable(string file, string why, Exception? failure) => new(
        CheckCodes.UnreadableSet,
        $"{file} cannot be read: {why.TrimEnd('.')}. Nothing was checked. Write the folder anew with landfall azure "
        + "generate.",
        failure);

    private static TargetSet Foreign(string folder, ForeignDefaults defaults) => new(
        "",
        IsForeign: true,
        [],
        [
            .. Directory.EnumerateFiles(folder, "*.bicepparam", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
                .Select(f => new DeploymentTarget(
                    f[..^".bicepparam".Length],
                    defaults.DeploymentName,
                    f,
                    defaults.Tenant,
                    defaults.Subscription,
                    defaults.ResourceGroup,
                    defaults.Location)),
        ]);
}

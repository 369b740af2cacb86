using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Landfall.Azure.Compiler;
using Landfall.Azure.Deployments;

namespace Landfall.Azure.Snapshots;

/// <summary>Compiles and evaluates deployments; what did not change comes from the cache.</summary>
/// <param name="compiler">The compiler.</param>
/// <param name="cache">The cache; null where everything is compiled.</param>
public sealed partial class DeploymentEvaluator(CompilerOnDemand compiler, SnapshotCache? cache)
{
    /// <summary>Raised when what an entry holds changes its shape.</summary>
    private const int Format = 1;

    private const string GroupScope = "/deploymentTemplate.json";

    /// <summary>The cache; null where there is none.</summary>
    public SnapshotCache? Cache => cache;

    /// <summary>Evaluates one deployment.</summary>
    /// <param name="folder">The folder of its files.</param>
    /// <param name="target">The deployment.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<EvaluatedDeployment> EvaluateAsync(
        string folder, DeploymentTarget target, CancellationToken cancellationToken)
    {
        string path = Path.GetFullPath(Path.Combine(folder, target.Parameters));
        string? key = cache is null ? null : await KeyAsync(folder, path, target, cancellationToken);
        if (key is not null && cache!.Read(key) is { } known && JsonSerializer.Deserialize<Entry>(known) is { } entry)
        {
            return Of(target, entry, key, isFromCache: true);
        }

        BicepCompiler running = await compiler.GetAsync(cancellationToken);
        Compilation compilation = await running.CompileAsync(path, cancellationToken);
        SnapshotAnswer? answer = compilation.Success
            ? await running.SnapshotAsync(path, MetadataOf(target, compilation.Template!), cancellationToken)
            : null;
        Entry made = new(Relative(folder, compilation), answer);
        if (key is not null)
        {
            cache!.Write(key, JsonSerializer.Serialize(made));
        }

        return Of(target, made, key ?? "", isFromCache: false);
    }

    private static EvaluatedDeployment Of(DeploymentTarget target, Entry entry, string key, bool isFromCache)
    {
        try
        {
            Snapshot? snapshot = entry.Answer?.Snapshot is { } text ? Snapshot.Parse(text) : null;
            return new(target, entry.Compilation, snapshot, entry.Answer?.Failure, key, isFromCache);
        }
        catch (JsonException failure)
        {
            return new(target, entry.Compilation, null, failure.Message, key, isFromCache);
        }
    }

    /// <summary>Paths relative to the folder, so that an entry holds wherever the folder lies.</summary>
    private static Compilation Relative(string folder, Compilation compilation) => compilation with
    {
        Diagnostics =
        [
            .. compilation.Diagnostics.Select(d => d with { Source = Relative(folder, d.Source) }),
        ],
    };

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private static SnapshotMetadata MetadataOf(DeploymentTarget target, string template)
    {
        using var document = JsonDocument.Parse(template);
        bool isOfGroup = document.RootElement.At("$schema").Text()?.Contains(
            GroupScope, StringComparison.OrdinalIgnoreCase) == true;
        return new(
            target.Tenant,
            target.Subscription,
            isOfGroup ? target.ResourceGroup : null,
            target.Location,
            target.DeploymentName);
    }

    /// <summary>The key of an entry; null where the answer depends on more than on files.</summary>
    private async Task<string?> KeyAsync(
        string folder, string path, DeploymentTarget target, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        StringBuilder content = new();
        content.AppendLine(FormattableString.Invariant($"{Format} {compiler.Identity} {target}"));
        foreach (string file in SourceFiles.Of(path))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            if (OpenPattern().IsMatch(Encoding.UTF8.GetString(bytes)))
            {
                return null;
            }

            string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            content.AppendLine(FormattableString.Invariant($"{Relative(folder, file)} {hash}"));
        }

        return SnapshotCache.HashOf(content.ToString());
    }

    /// <summary>Reads of what is in no file, or in files that are not named.</summary>
    [GeneratedRegex(
        @"\b(readEnvironmentVariable|externalInput|readCliArg|loadDirectoryFileInfo)\b", RegexOptions.NonBacktracking)]
    private static partial Regex OpenPattern();

    private sealed record Entry(Compilation Compilation, SnapshotAnswer? Answer);
}

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
public sealed partial class DeploymentEvaluator(BicepCompiler compiler, SnapshotCache? cache)
{
    /// <summary>Raised when what an entry holds changes its shape.</summary>
    private const int Format = 1;

    private const string GroupScope = "/deploymentTemplate.json";

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
            return Of(folder, target, entry, isFromCache: true);
        }

        Compilation compilation = await compiler.CompileAsync(path, cancellationToken);
        SnapshotAnswer? answer = compilation.Success
            ? await compiler.SnapshotAsync(path, MetadataOf(target, compilation.Template!), cancellationToken)
            : null;
        Entry made = new(Relative(folder, compilation), answer);
        if (key is not null)
        {
            cache!.Write(key, JsonSerializer.Serialize(made));
        }

        return Of(folder, target, made, isFromCache: false);
    }

    private static EvaluatedDeployment Of(string folder, DeploymentTarget target, Entry entry, bool isFromCache)
    {
        try
        {
            Snapshot? snapshot = entry.Answer?.Snapshot is { } text ? Snapshot.Parse(text) : null;
            return new(target, entry.Compilation, snapshot, entry.Answer?.Failure, isFromCache);
        }
        catch (JsonException failure)
        {
            return new(target, entry.Compilation, null, failure.Message, isFromCache);
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
        if (!File.Exists(path) || IsOpen().IsMatch(await File.ReadAllTextAsync(path, cancellationToken)))
        {
            return null;
        }

        // The compiler takes nearly as long to name the files as to compile them. They are those of last time as long
        // as none of them changed: then there is an entry.
        string list = SnapshotCache.HashOf(FormattableString.Invariant($"{Format} {compiler.Version} files of {path}"));
        if (cache!.Read(list) is { } last)
        {
            string key = KeyOf(folder, target, last.Split('\n'));
            if (cache.Read(key) is not null)
            {
                return key;
            }
        }

        string[] files = [.. Closure(await compiler.FilesAsync(path, cancellationToken))];
        cache.Write(list, string.Join('\n', files));
        return KeyOf(folder, target, files);
    }

    private string KeyOf(string folder, DeploymentTarget target, string[] files)
    {
        StringBuilder content = new();
        content.AppendLine(FormattableString.Invariant($"{Format} {compiler.Version} {target}"));
        foreach (string file in files.Concat(Configurations(files)).Distinct().Order(StringComparer.Ordinal))
        {
            string hash = File.Exists(file)
                ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))
                : "missing";
            content.AppendLine(FormattableString.Invariant($"{Relative(folder, file)} {hash}"));
        }

        return SnapshotCache.HashOf(content.ToString());
    }

    /// <summary>What may configure the compiler: one that is new in a folder above would replace another.</summary>
    private static IEnumerable<string> Configurations(IEnumerable<string> files)
    {
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            string? at = Path.GetDirectoryName(file);
            while (at is not null && folders.Add(at))
            {
                at = Path.GetDirectoryName(at);
            }
        }

        return folders.Select(f => Path.Combine(f, "bicepconfig.json")).Where(File.Exists);
    }

    /// <summary>The compiler leaves templates in JSON out of the files that it names.</summary>
    private static SortedSet<string> Closure(IEnumerable<string> files)
    {
        SortedSet<string> all = new(files.Where(File.Exists), StringComparer.Ordinal);
        string[] sources = [.. all.Where(f => Path.GetExtension(f) is ".bicep" or ".bicepparam")];
        foreach (string source in sources)
        {
            all.UnionWith(TemplateInJson().Matches(File.ReadAllText(source))
                .Select(m => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, m.Groups[1].Value)))
                .Where(File.Exists));
        }

        return all;
    }

    /// <summary>Reads of what is in no file, or in files that are not named.</summary>
    [GeneratedRegex("readEnvironmentVariable|externalInput|readCliArg|loadDirectoryFileInfo", RegexOptions.None, 1000)]
    private static partial Regex IsOpen();

    [GeneratedRegex(@"'([^'\r\n]+\.json)'", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex TemplateInJson();

    private sealed record Entry(Compilation Compilation, SnapshotAnswer? Answer);
}

namespace Landfall.Architecture.Tests;

/// <summary>The repository's own files; build output, downloads and state are no part of it.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Foreign =
        [".git", "artifacts", "node_modules", ".landfall", ".vs", ".idea", "bin", "obj"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Enumerate(Root).Order(StringComparer.Ordinal).Select(Read)];

    public static IEnumerable<SourceFile> CSharp => All.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string? Given => Environment.GetEnvironmentVariable("LANDFALL_ROOT");

    /// <summary>Builds may go outside the repository, where the launcher's variable says where it is.</summary>
    private static string FindRoot() =>
        new[] { Given, AppContext.BaseDirectory, Environment.CurrentDirectory }
            .OfType<string>().Select(Upwards).FirstOrDefault(f => f is not null)
        ?? throw new InvalidOperationException("Set LANDFALL_ROOT to the repository's folder.");

    private static string? Upwards(string folder)
    {
        DirectoryInfo? at = new(folder);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Landfall.slnx")))
        {
            at = at.Parent;
        }

        return at?.FullName;
    }

    /// <summary>In a linked work tree <c>.git</c> is a file.</summary>
    private static IEnumerable<string> Enumerate(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => !Foreign.Contains(Path.GetFileName(f))).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(d => !Foreign.Contains(Path.GetFileName(d)) && new DirectoryInfo(d).LinkTarget is null)
                .SelectMany(Enumerate));

    private static SourceFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bool isText = !bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0);
        string relative = Path.GetRelativePath(Root, path).Replace('\\', '/');
        return new(relative, bytes.Length, isText ? System.Text.Encoding.UTF8.GetString(bytes) : null);
    }
}

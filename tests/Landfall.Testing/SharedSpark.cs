namespace Landfall.Testing;

/// <summary>The Spark of the folder <c>shared</c> beside the repository, for tests that ask it.</summary>
public static class SharedSpark
{
    /// <summary>Path of the script that runs it.</summary>
    public static string Script { get; } =
        Path.GetFullPath(Path.Combine(RepositoryRoot.Folder, "..", "shared", "spark", "spark"));

    /// <summary>Why it cannot be asked; null where it can.</summary>
    public static string? Missing =>
        !File.Exists(Script) ? "There is no shared/spark beside the repository."
        : !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, "java"))) ? "There is no java on the path."
        : null;
}

using System.Runtime.CompilerServices;

namespace Landfall.Testing;

/// <summary>The folder of the repository whose tests run.</summary>
public static class RepositoryRoot
{
    /// <summary>Its absolute path.</summary>
    public static string Folder { get; } = Find();

    private static string Find([CallerFilePath] string file = "")
    {
        DirectoryInfo? folder = new(Path.GetDirectoryName(file)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Landfall.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests lie in no repository.");
    }
}

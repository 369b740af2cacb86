namespace Landfall.Azure.Tests;

/// <summary>A folder of a test, gone with it.</summary>
public sealed class TestFolder : IDisposable
{
    public TestFolder() => Path = Directory.CreateTempSubdirectory("landfall-azure-").FullName;

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Writes a file; folders above it are made.</summary>
    public TestFolder Write(string path, string text)
    {
        string full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

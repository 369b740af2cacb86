using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests;

/// <summary>A copy of an estate in a temporary folder: the golden one by default.</summary>
internal sealed class EstateFolder : IDisposable
{
    private const string Marker = "^^";

    private readonly string _folder = Directory.CreateTempSubdirectory("landfall-estate-").FullName;

    public EstateFolder()
    {
        foreach ((string path, string text) in GoldenEstate.Files)
        {
            Write(path, text);
        }
    }

    /// <summary>A copy of the files of another estate.</summary>
    public EstateFolder(string estate)
    {
        foreach (string file in Directory.EnumerateFiles(estate, "*", SearchOption.AllDirectories))
        {
            Write(Path.GetRelativePath(estate, file), File.ReadAllText(file));
        }
    }

    /// <summary>Where a test's change is expected to be reported: the place of <c>^^</c> in the new text.</summary>
    public SourceLocation Expected { get; private set; }

    public string Folder => _folder;

    public string Read(string path) => File.ReadAllText(Path.Combine(_folder, path));

    public void Write(string path, string text)
    {
        string full = Path.Combine(_folder, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Delete(string path)
    {
        string full = Path.Combine(_folder, path);
        if (Directory.Exists(full))
        {
            Directory.Delete(full, recursive: true);
        }
        else
        {
            File.Delete(full);
        }
    }

    /// <summary>
    /// Replaces the one occurrence of a text; <c>^^</c> in the new text marks a place and is taken out.
    /// </summary>
    public void Change(string path, string before, string after)
    {
        string text = Read(path);
        Assert.Equal(2, text.Split(before).Length);
        text = text.Replace(before, after);
        int at = text.IndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0)
        {
            string head = text[..at];
            Expected = new(path, head.Count(c => c == '\n') + 1, at - head.LastIndexOf('\n'));
            text = text.Remove(at, Marker.Length);
        }

        Write(path, text);
    }

    public EstateLoadResult Load() => EstateLoader.Load(_folder, TestKinds.All);

    public ImmutableArray<Diagnostic> Problems() => Load().Diagnostics;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

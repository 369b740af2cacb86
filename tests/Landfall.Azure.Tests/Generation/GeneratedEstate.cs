using Landfall.Azure.Generation;

namespace Landfall.Azure.Tests.Generation;

/// <summary>Generated files in a folder of their own.</summary>
internal sealed class GeneratedEstate : IDisposable
{
    private readonly TestFolder _folder = new();

    public GeneratedEstate(params IEnumerable<GeneratedFiles> generated)
    {
        foreach (GeneratedFiles files in generated)
        {
            _ = GeneratedFolder.Write(_folder.Path, files);
        }
    }

    /// <summary>The folder.</summary>
    public string Path => _folder.Path;

    /// <summary>Relecloud as it is shipped.</summary>
    public static GeneratedEstate Relecloud(params IEnumerable<string> environments)
    {
        using EstateCopy estate = new();
        return new(environments.Select(e => estate.Generate(e)).ToArray());
    }

    /// <summary>Replaces a text of a file, which must be there.</summary>
    public GeneratedEstate Change(string file, string from, string to)
    {
        string path = System.IO.Path.Combine(Path, file);
        string text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        return this;
    }

    public void Dispose() => _folder.Dispose();
}

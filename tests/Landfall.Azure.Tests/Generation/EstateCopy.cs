using Landfall.Azure.Generation;
using Landfall.Estate;
using Landfall.Recommender.Definitions;
using Landfall.Testing;

namespace Landfall.Azure.Tests.Generation;

/// <summary>A copy of Relecloud's estate, to be changed and generated.</summary>
internal sealed class EstateCopy : IDisposable
{
    private static readonly EstateKinds Kinds = EstateKinds.Standard with
    {
        Products = [.. EstateKinds.Standard.Products, new ModelManifest()],
    };

    private readonly TestFolder _folder = new();

    public EstateCopy()
    {
        string shipped = Path.Combine(RepositoryRoot.Folder, "estates", "relecloud");
        foreach (string file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            _ = _folder.Write(Path.GetRelativePath(shipped, file), File.ReadAllText(file));
        }
    }

    /// <summary>When it is generated, unless a test says otherwise.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Replaces a text of a file, which must be there.</summary>
    public EstateCopy Change(string file, string from, string to)
    {
        string path = Path.Combine(_folder.Path, file);
        string text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        return this;
    }

    /// <summary>A file's text.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(_folder.Path, file));

    /// <summary>Writes a file.</summary>
    public EstateCopy Write(string file, string text)
    {
        _ = _folder.Write(file, text);
        return this;
    }

    /// <summary>Takes out a file or folder.</summary>
    public EstateCopy Remove(string path)
    {
        string full = Path.Combine(_folder.Path, path);
        if (Directory.Exists(full))
        {
            Directory.Delete(full, recursive: true);
        }
        else
        {
            File.Delete(full);
        }

        return this;
    }

    /// <summary>The estate, which must have no error.</summary>
    public EstateDefinition Load()
    {
        EstateLoadResult loaded = EstateLoader.Load(_folder.Path, Kinds);
        Assert.True(loaded.Estate is not null, string.Join('\n', loaded.Diagnostics));
        return loaded.Estate;
    }

    /// <summary>What is generated of it.</summary>
    public GeneratedFiles Generate(string environment = "dev", DateTimeOffset? now = null) =>
        EstateGenerator.Generate(Load(), environment, now ?? Now);

    public void Dispose() => _folder.Dispose();
}

using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

public sealed class FileDiscoveryTests
{
    /// <summary>Names of this many letters, so many below each other, are a path that no call takes.</summary>
    private const int NameLength = 250;

    [Fact]
    public async Task Find_FolderThatCannotBeRead_IsAnErrorThatNamesItAndNothingIsLanded()
    {
        using IngestLake lake =
            new("files: \"**/*.csv\", mode: append", ["name: id, logicalType: integer, required: true"]);
        lake.Put("in/a.csv", "id\n1\n");
        using DeepFolder deep = new(Path.Combine(lake.Source, "in"));

        LandfallException failure = await Assert.ThrowsAsync<LandfallException>(lake.LandAsync);

        Assert.Equal("LF4266", failure.Code);
        Assert.Contains($"The folder {deep.Path[..1000]}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the integration inbox cannot be read", failure.Message, StringComparison.Ordinal);
        Assert.Empty((await lake.RegisterAsync()).Entries);
    }

    /// <summary>
    /// Folders below each other, put together of two halves: whole, their path is longer than any may be.
    /// </summary>
    private sealed class DeepFolder : IDisposable
    {
        private readonly string _upper;
        private readonly string _lower;
        private readonly string _kept;

        public DeepFolder(string folder)
        {
            _upper = Chain(folder, 'u');
            _kept = folder + ".lower";
            Directory.CreateDirectory(_kept);
            string first = Chain(_kept, 'l')[..(_kept.Length + 1 + NameLength)];
            _lower = System.IO.Path.Combine(_upper, System.IO.Path.GetFileName(first));
            Directory.Move(first, _lower);
        }

        public string Path => _lower;

        public void Dispose() => Directory.Move(_lower, System.IO.Path.Combine(_kept, "back"));

        private static string Chain(string folder, char letter)
        {
            string path = folder;
            for (int i = 0; i < 9; i++)
            {
                path = System.IO.Path.Combine(path, new string(letter, NameLength));
            }

            return Directory.CreateDirectory(path).FullName;
        }
    }
}

using Landfall.Serving.Postgres;

namespace Landfall.Serving.Tests.Postgres;

/// <summary>A data folder of its own, whose server ends with the test.</summary>
internal sealed class PostgresFolder : IAsyncDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("landfall-pg-");

    public PostgresFolder(bool reachable = true)
    {
        if (reachable)
        {
            File.SetUnixFileMode(_parent.FullName, (UnixFileMode)0b111_101_101);
        }

        Options = new PostgresOptions { DataFolder = Path.Combine(_parent.FullName, "postgres") };
    }

    public PostgresOptions Options { get; }

    public async ValueTask DisposeAsync()
    {
        string? place = ServerNotes.Read(Options.DataFolder)?.Place;
        await EmbeddedPostgres.StopAsync(Options);
        _parent.Delete(recursive: true);
        if (place is not null && Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }
    }
}

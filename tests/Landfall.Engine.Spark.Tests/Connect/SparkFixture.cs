using Landfall.Engine.Spark.Connect;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>A folder and a session at the shared server.</summary>
public sealed class SparkFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private int _paths;

    /// <summary>The server.</summary>
    internal SharedSparkServer Server { get; private set; } = null!;

    /// <summary>The session of tests that need none of their own.</summary>
    internal SparkSession Session { get; private set; } = null!;

    internal SparkAddress Address => SparkAddress.Parse(Server.Address);

    public async ValueTask InitializeAsync()
    {
        if (SharedSparkServer.Missing is null)
        {
            Server = await SharedSparkServer.GetAsync();
            Session = await OpenAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (Session?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    /// <summary>A path that nothing has yet.</summary>
    internal string NewPath() => Path.Combine(_folder.Path, $"p{Interlocked.Increment(ref _paths)}");

    /// <summary>Opens a session of the test's own, through the address or at the server itself.</summary>
    internal Task<SparkSession> OpenAsync(SparkAddress? address = null, SparkSessionOptions? options = null) =>
        SparkSession.OpenAsync(address ?? Address, options ?? Options(), CancellationToken.None);

    internal static SparkSessionOptions Options() => new() { SessionId = Guid.NewGuid().ToString() };
}

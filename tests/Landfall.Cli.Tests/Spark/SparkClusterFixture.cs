using Landfall.Testing;

namespace Landfall.Cli.Tests.Spark;

/// <summary>A cluster for the tests of a class, where there can be one.</summary>
public sealed class SparkClusterFixture : IAsyncLifetime
{
    private SparkCluster? _cluster;

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing => SharedSpark.Missing;

    /// <summary>The cluster.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public SparkCluster Cluster =>
        _cluster ?? throw new InvalidOperationException("A test that needs a cluster is skipped without one.");

    public async ValueTask InitializeAsync() =>
        _cluster = Missing is null ? await SparkCluster.StartAsync() : null;

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}

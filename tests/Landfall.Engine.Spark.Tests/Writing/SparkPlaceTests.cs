using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Engine.Spark.Writing;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Tests.Writing;

/// <summary>Spark and Landfall must mean the same folder by the same path.</summary>
[Collection(SparkCollection.Name)]
public sealed class SparkPlaceTests(SparkFixture spark)
{
    [SparkFact]
    public async Task Probe_OfASharedFolder_LeavesNothing()
    {
        string folder = spark.NewPath();
        Directory.CreateDirectory(folder);

        await SparkPlace.ProbeAsync(spark.Session, folder, CancellationToken.None);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    /// <summary>One path, two folders: each process has its own behind it.</summary>
    [SparkFact]
    public async Task Probe_OfAPathThatLeadsElsewhereForSpark_SaysSo()
    {
        string folder = Path.Combine("/proc/self/cwd", $"probe-{Guid.NewGuid():n}");
        Directory.CreateDirectory(folder);
        try
        {
            LandfallException failure = await Assert.ThrowsAsync<LandfallException>(
                () => SparkPlace.ProbeAsync(spark.Session, folder, CancellationToken.None));

            Assert.Equal("LF4345", failure.Code);
            Assert.Contains($"{folder} is not there for Spark", failure.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}

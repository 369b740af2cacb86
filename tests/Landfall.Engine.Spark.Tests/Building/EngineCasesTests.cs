using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Testing.Engines;

namespace Landfall.Engine.Spark.Tests.Building;

/// <summary>The list that every engine runs, by Spark.</summary>
[Collection(SparkCollection.Name)]
public sealed class EngineCasesTests(SparkFixture spark)
{
    public static TheoryData<string> Cases { get; } = [.. EngineCases.All.Select(c => c.Name)];

    [SparkTheory]
    [MemberData(nameof(Cases))]
    public async Task Build_OfTheList_GivesWhatIsRight(string name)
    {
        using DuckDbLocalEngine local = new();
        using EngineCaseRun run = new(
            new SparkBuildEngine(local.ParquetOf),
            () => new RemoteEngine(
                spark.Server.Address, "", 2, ImmutableSortedDictionary<string, string>.Empty, $"{Guid.NewGuid():d}")
            {
                Probes = true,
            }.ToJson());

        var differences = await run.DifferencesAsync(EngineCases.All.Single(c => c.Name == name));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}

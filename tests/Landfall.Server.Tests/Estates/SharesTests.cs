using System.Collections.Immutable;
using Landfall.Server.Endpoints;
using Landfall.Server.Estates;
using Landfall.Server.Harness;

namespace Landfall.Server.Tests.Estates;

public sealed class SharesTests
{
    private static readonly TinyModel Model = new(1);

    public static TheoryData<int[], int[], int[]> Cases() => new()
    {
        { [100], [0], [100] },
        { [80, 20], [0, 0], [80, 20] },
        { [80], [0], [100] },
        { [10, 60], [0, 0], [10, 90] },
        { [0], [0], [100] },
        { [0], [20], [0] },
        { [90, 0], [0, 20], [100, 0] },
        { [], [], [] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_DeploymentsWithAModel_AddUpTo100WhereOneCanServe(int[] traffic, int[] mirror, int[] expected)
    {
        ImmutableArray<Deployment> shares =
            Shares.Of([.. traffic.Select((t, i) => new Deployment($"d{i}", Model, t, mirror[i]))]);

        Assert.Equal(expected, shares.Select(s => s.TrafficPercent));
        Assert.Equal(expected.Sum() == 100, DeploymentSet.Of(shares).IsServing);
    }
}

using Landfall.Recommender.Monitoring;

namespace Landfall.Recommender.Tests.Monitoring;

public class DriftTests
{
    /// <summary>By hand: (0.5−0.25)·ln 2 + (0.5−0.75)·ln(2/3).</summary>
    [Fact]
    public void StabilityIndex_ByHand() => Assert.Equal(
        (0.25 * Math.Log(2)) - (0.25 * Math.Log(2.0 / 3)), Drift.StabilityIndex([1, 3], [5, 5]), 14);

    [Fact]
    public void StabilityIndex_EmptyClass_IsFinite() =>
        Assert.Equal(
            (1e-4 - 0.5) * Math.Log(1e-4 / 0.5) + (0.5 * Math.Log(2)), Drift.StabilityIndex([1, 1], [0, 7]), 12);

    [Theory]
    [InlineData(new double[] { 1, 0 }, new double[] { 0, 1 }, 1)]
    [InlineData(new double[] { 3, 1 }, new double[] { 6, 2 }, 0)]
    public void JensenShannon_Ends(double[] before, double[] now, double expected) =>
        Assert.Equal(expected, Drift.JensenShannon(before, now), 12);

    [Fact]
    public void Nothing_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Drift.JensenShannon([0, 0], [1, 1]));
}

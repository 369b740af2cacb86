using Landfall.Recommender.Packages;

namespace Landfall.Recommender.Tests.Scoring;

public class CalibrationTests
{
    /// <summary>By hand: 0.2 and 0.3 violate the order and share (1 + 0)/2; 0.3 counts two cases.</summary>
    [Fact]
    public void Fit_Violators_ArePooled()
    {
        Calibration fitted = Calibration.Fit(
            [(0.1, false), (0.2, true), (0.3, false), (0.3, false), (0.4, true), (0.4, false), (0.5, true)]);

        Assert.Equal(0, fitted.Of(-1));
        Assert.Equal(0, fitted.Of(0.19));
        Assert.Equal(1 / 3.0, fitted.Of(0.2)!.Value, 15);
        Assert.Equal(1 / 3.0, fitted.Of(0.39)!.Value, 15);
        Assert.Equal(0.5, fitted.Of(0.4));
        Assert.Equal(1, fitted.Of(7));
    }

    [Fact]
    public void Of_NothingSeen_IsNull() => Assert.Null(Calibration.Fit([]).Of(1));

    [Fact]
    public void Fit_Random_NeverFallsAndKeepsTheMean()
    {
        Random random = new(5);
        (double Score, bool Adopted)[] seen =
            [.. Enumerable.Range(0, 5_000).Select(_ => random.NextDouble()).Select(s => (s, random.NextDouble() < s))];

        Calibration fitted = Calibration.Fit(seen);

        Assert.Equal(fitted.Probabilities.Order(), fitted.Probabilities);
        Assert.Equal(seen.Average(s => s.Adopted ? 1.0 : 0), seen.Average(s => fitted.Of(s.Score)!.Value), 9);
        Assert.InRange(fitted.Of(0.5)!.Value, 0.4, 0.6);
    }
}

using Relecloud.Sources.Application;

namespace Relecloud.Sources.Tests.Recommendations;

/// <summary>The incremental revenue, worked by hand and against plain C#.</summary>
public sealed class IncrementalTests
{
    [Fact]
    public void Customers_AFew_GiveTheFiguresWorkedByHand()
    {
        using RevenueLake lake = new();
        Customers(lake, "treated", 10, 20, 30);
        Customers(lake, "holdout", 4, 6);

        Dictionary<string, object?> row = lake.Build().Incremental();

        Assert.Equal(new DateOnly(2026, 4, 1), row["first_day"]);
        Assert.Equal((3L, 2L), ((long)row["treated_customers"]!, (long)row["holdout_customers"]!));
        Assert.Equal(20, Number(row, "treated_mean_net"), 9);
        Assert.Equal(5, Number(row, "holdout_mean_net"), 9);
        Assert.Equal(15, Number(row, "effect_per_customer"), 9);
        Assert.Equal(45, Number(row, "incremental_net"), 9);

        // 100/3 + 2/2; Welch's degrees of freedom; (2 − 0.5)² / (0.1 · 0.9 · 5).
        Assert.Equal(Math.Sqrt(103 / 3.0), Number(row, "standard_error"), 9);
        Assert.Equal(103 * 103 / 9.0 / ((10_000 / 9.0 / 2) + 1), Number(row, "degrees_of_freedom"), 9);
        Assert.Equal(5, Number(row, "sample_ratio_chi_squared"), 9);
        Assert.Equal(true, row["sample_ratio_ok"]);
        Assert.Equal(true, row["spans_zero"]);
        Assert.StartsWith("The interval spans zero", (string)row["statement"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Interval_AboveZero_IsSaidToBe()
    {
        using RevenueLake lake = new();
        Customers(lake, "treated", [.. Enumerable.Range(0, 90).Select(i => 100 + (i % 7))]);
        Customers(lake, "holdout", [.. Enumerable.Range(0, 10).Select(i => 90 + (i % 3))]);

        Dictionary<string, object?> row = lake.Build().Incremental();

        Assert.Equal(false, row["spans_zero"]);
        Assert.Contains("above zero", (string)row["statement"]!, StringComparison.Ordinal);
        Assert.Equal(0, Number(row, "sample_ratio_chi_squared"), 9);
    }

    [Fact]
    public void Split_NotAsPlanned_IsReported()
    {
        using RevenueLake lake = new();
        Customers(lake, "treated", [.. Enumerable.Repeat(100, 70)]);
        Customers(lake, "holdout", [.. Enumerable.Repeat(90, 30)]);

        Dictionary<string, object?> row = lake.Build().Incremental();

        Assert.Equal(400 / 9.0, Number(row, "sample_ratio_chi_squared"), 9);
        Assert.Equal(false, row["sample_ratio_ok"]);
        Assert.StartsWith("The arms are not of the planned sizes", (string)row["statement"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_OfACompanyThatHoldsOutTooMany_IsReportedAndThePlannedOneIsNot()
    {
        Assert.False(RatioIsOk(0.3));
        Assert.True(RatioIsOk(0.1));
    }

    [Fact]
    public void Holdout_OfOneCustomer_SaysNothing()
    {
        using RevenueLake lake = new();
        Customers(lake, "treated", 10, 20, 30);
        Customers(lake, "holdout", 4);

        Dictionary<string, object?> row = lake.Build().Incremental();

        Assert.Null(row["effect_low"]);
        Assert.StartsWith("Too few customers", (string)row["statement"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Exposures_None_GiveNoRow()
    {
        using RevenueLake lake = new();

        lake.Build();

        Assert.Empty(lake.Rows("select * from operations.recommender_revenue.incremental_revenue"));
    }

    [Fact]
    public void Company_EqualsAnIndependentComputation()
    {
        SmallWorld world = new(78, 0.04, 190, new ApplicationSettings(), density: 0.2);
        using RevenueLake lake = RevenueLake.Of(world).Build();
        Dictionary<string, object?> row = lake.Incremental();

        (double effect, double error) = Compute(world);

        Assert.Equal(effect, Number(row, "effect_per_customer"), 6);
        Assert.Equal(error, Number(row, "standard_error"), 6);
        Assert.True(error < Number(row, "treated_mean_net") * 100);
    }

    private static bool RatioIsOk(double share)
    {
        SmallWorld world = new(79, 0.1, 100, new ApplicationSettings { HoldoutShare = share }, density: 0.02);
        using RevenueLake lake = RevenueLake.Of(world).Build();
        return (bool)lake.Incremental()["sample_ratio_ok"]!;
    }

    // Arrays of y and x by arm, adjusted with the pooled slope; customers are the units.
    private static (double Effect, double Error) Compute(SmallWorld world)
    {
        DateOnly start = world.Exposures.Min(e => DateOnly.FromDateTime(e.ServedAt));
        HashSet<string> recommended = [.. world.Exposures.Select(e => e.ServiceId)];
        var firstExposure = world.Exposures.GroupBy(e => e.AccountId)
            .ToDictionary(g => g.Key, g => g.Min(e => DateOnly.FromDateTime(e.ServedAt)));
        var firstUse = world.Used.GroupBy(u => (u.Account, u.Service)).ToDictionary(g => g.Key, g => g.Min(u => u.Day));
        Dictionary<string, string> customerOf = world.Accounts.ToDictionary(a => a.Id, a => a.Customer.Id);
        Dictionary<string, (double Y, double X)> values = world.Exposures.Select(e => e.CustomerId).Distinct()
            .ToDictionary(c => c, _ => (0.0, 0.0));
        foreach ((DateOnly month, string account, string service, var cell) in world.Revenue)
        {
            string customer = customerOf[account];
            if (!values.TryGetValue(customer, out (double Y, double X) value))
            {
                continue;
            }

            bool isNew = firstExposure.TryGetValue(account, out DateOnly first) && recommended.Contains(service)
                && (!firstUse.TryGetValue((account, service), out DateOnly used) || used >= first);
            bool counts = isNew && month >= new DateOnly(first.Year, first.Month, 1);
            bool isBefore = month < start && month >= start.AddMonths(-3) && month.AddMonths(1) <= start;
            values[customer] = (
                value.Y + (counts ? (double)cell.Net : 0), value.X + (isBefore ? (double)cell.Net : 0));
        }

        double meanX = values.Values.Average(v => v.X), meanY = values.Values.Average(v => v.Y);
        double theta = values.Values.Sum(v => (v.X - meanX) * (v.Y - meanY))
            / values.Values.Sum(v => (v.X - meanX) * (v.X - meanX));
        Dictionary<string, string> armOf = world.Exposures.GroupBy(e => e.CustomerId)
            .ToDictionary(g => g.Key, g => g.First().Arm);
        double[] Arm(string arm) =>
            [.. values.Where(v => armOf[v.Key] == arm).Select(v => v.Value.Y - (theta * (v.Value.X - meanX)))];
        double[] treated = Arm("treated"), holdout = Arm("holdout");
        return (treated.Average() - holdout.Average(), Math.Sqrt(ErrorOf(treated) + ErrorOf(holdout)));
    }

    private static double ErrorOf(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length;
    }

    // Each customer has an account that is shown a service on 1 April, uses it from the 5th on and pays an amount.
    private static void Customers(RevenueLake lake, string arm, params int[] amounts)
    {
        for (int i = 0; i < amounts.Length; i++)
        {
            string id = $"{arm}-{i}";
            lake.Execute("insert into operations.cloud_service_recommender.exposure values "
                + $"('r-{id}', 1, timestamptz '2026-04-01 09:00:00+00', '{id}', '{id}', 'svc-1', 1, '{arm}')");
            lake.Execute($"insert into operations.cloud_service_recommender.account_profile values ('{id}', '{id}')");
            lake.Execute("insert into operations.cloud_service_recommender.interaction values "
                + $"(date '2026-04-05', '{id}', 'svc-1'), (date '2026-03-30', '{id}', 'svc-2')");

            // A service in use before, and one that nobody is recommended, do not count.
            lake.Execute("insert into billing.revenue_by_service.revenue_by_account_service values "
                + $"(date '2026-04-01', '{id}', 'svc-1', {amounts[i] + 2}, 1, 1, {amounts[i]}), "
                + $"(date '2026-05-01', '{id}', 'svc-2', 500, 0, 0, 500), "
                + $"(date '2026-05-01', '{id}', 'svc-3', 900, 0, 0, 900)");
        }
    }

    private static double Number(Dictionary<string, object?> row, string column) => (double)row[column]!;
}

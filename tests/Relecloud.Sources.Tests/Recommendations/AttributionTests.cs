using Relecloud.Sources.Application;

namespace Relecloud.Sources.Tests.Recommendations;

/// <summary>Which adoption is credited to which recommendation, case by case and against plain C#.</summary>
public sealed class AttributionTests
{
    [Theory]
    [InlineData("2026-04-01", "2026-04-01", new[] { 7, 30, 90 })]
    [InlineData("2026-04-01", "2026-04-08", new[] { 7, 30, 90 })]
    [InlineData("2026-04-01", "2026-04-09", new[] { 30, 90 })]
    [InlineData("2026-04-01", "2026-05-01", new[] { 30, 90 })]
    [InlineData("2026-04-01", "2026-05-02", new[] { 90 })]
    [InlineData("2026-04-01", "2026-06-30", new[] { 90 })]
    [InlineData("2026-04-01", "2026-07-01", new int[0])]
    [InlineData("2026-04-02", "2026-04-01", new int[0])]
    public void Adoption_AtTheEdgesOfWindows_IsCreditedWithin(string served, string used, int[] windows)
    {
        using RevenueLake lake = new();
        Expose(lake, "r1", served);
        Use(lake, used);
        Bill(lake, used[..7], 10, 0, 0);

        lake.Build();

        Assert.Equal(windows, Credits(lake).Select(c => c.Window));
        Assert.All([7, 30, 90], w => Assert.Equal(windows.Contains(w) ? 10m : 0m, lake.Attributed(w)));
    }

    [Fact]
    public void Exposures_Several_TheLastGetsTheOneCredit()
    {
        using RevenueLake lake = new();
        Expose(lake, "r1", "2026-04-01");
        Expose(lake, "r2", "2026-04-20");
        Expose(lake, "r3", "2026-05-10");
        Use(lake, "2026-04-25");
        Bill(lake, "2026-04", 10, 0, 0);

        lake.Build();

        Assert.Equal([(7, "r2"), (30, "r2"), (90, "r2")], Credits(lake));
        Assert.Equal(10m, lake.Attributed(90));
    }

    [Fact]
    public void CreditsAndRefunds_AreTakenOffInEveryMonthUpToAYear()
    {
        using RevenueLake lake = new();
        Expose(lake, "r1", "2026-04-01");
        Use(lake, "2026-04-03");
        Bill(lake, "2026-04", 100, 20, 0);
        Bill(lake, "2026-05", 50, 0, 80);
        Bill(lake, "2027-03", 7, 0, 0);
        Bill(lake, "2027-04", 1000, 0, 0);
        Bill(lake, "2026-03", 0, 1000, 0);

        lake.Build();

        Assert.Equal(57m, lake.Attributed(30));
        Assert.Equal(
            ["2026-04-01|100.00|20.00|0.00|80.00|80.00", "2026-05-01|50.00|0.00|80.00|-30.00|-30.00",
                "2027-03-01|7.00|0.00|0.00|7.00|7.00"],
            lake.Rows("select month, gross, credits, refunds, net, service_net from "
                + "operations.recommender_revenue.attributed_revenue where window_days = 30 order by month")
                .Select(r => string.Join('|', r.Select((v, i) => i == 0 ? $"{v:yyyy-MM-dd}" : $"{v}"))));
    }

    [Theory]
    [InlineData("2026-01", false)]
    [InlineData("2026-03", false)]
    [InlineData("2025-12", true)]
    public void Charge_InTheNinetyDaysBefore_MakesTheAdoptionIneligible(string month, bool credited)
    {
        using RevenueLake lake = new();
        Expose(lake, "r1", "2026-04-10");
        Use(lake, "2026-04-15");
        Bill(lake, month, 5, 0, 0);
        Bill(lake, "2026-04", 10, 0, 0);

        lake.Build();

        Assert.Equal(credited ? 3 : 0, Credits(lake).Length);
    }

    [Fact]
    public void Exposure_WhileInUse_IsNotCreditedUntilTheServiceComesBack()
    {
        using RevenueLake lake = new();
        Use(lake, "2026-01-01");
        Expose(lake, "r1", "2026-01-02");
        Use(lake, "2026-01-05");
        Use(lake, "2026-04-05");
        lake.Build();
        Assert.Empty(Credits(lake));

        Expose(lake, "r2", "2026-07-01");
        Use(lake, "2026-07-05");
        Bill(lake, "2026-07", 10, 0, 0);
        lake.Build();
        Assert.Equal([(7, "r2"), (30, "r2"), (90, "r2")], Credits(lake));
    }

    [Fact]
    public void Ghosts_AndOthersAccounts_AreNotCredited()
    {
        using RevenueLake lake = new();
        Expose(lake, "r1", "2026-04-01", arm: "holdout");
        Expose(lake, "r2", "2026-04-01", account: "acc-2");
        Use(lake, "2026-04-03");
        Bill(lake, "2026-04", 10, 0, 0);

        lake.Build();

        Assert.Empty(Credits(lake));
    }

    [Fact]
    public void Company_EqualsAnIndependentComputation()
    {
        SmallWorld world = new(77, 0.02, 190, new ApplicationSettings(), density: 0.3);
        using RevenueLake lake = RevenueLake.Of(world).Build();

        foreach (int window in (int[])[7, 30, 90])
        {
            decimal expected = Attributed(world, window);
            Assert.NotEqual(0, expected);
            Assert.Equal(expected, lake.Attributed(window));
        }
    }

    private static decimal Attributed(SmallWorld world, int window)
    {
        var revenue = world.Revenue.ToLookup(r => (r.Account, r.Service));
        var shown = world.Exposures.Where(e => e.Arm == "treated").ToLookup(e => (e.AccountId, e.ServiceId));
        decimal sum = 0;
        foreach (var pair in world.Used.GroupBy(u => (u.Account, u.Service)))
        {
            DateOnly? adopted = null;
            DateOnly before = DateOnly.MinValue;
            foreach (DateOnly day in pair.Select(u => u.Day).Order())
            {
                bool first = day.DayNumber - before.DayNumber > 90;
                before = day;
                DateOnly month = MonthOf(day), from = MonthOf(day.AddDays(-90));
                bool charged = revenue[pair.Key].Any(r => r.Cell.Gross > 0 && r.Month < month && r.Month >= from);
                bool touched = shown[pair.Key]
                    .Select(e => day.DayNumber - DateOnly.FromDateTime(e.ServedAt).DayNumber)
                    .Any(age => age >= 0 && age <= window);
                if (first && touched && !charged)
                {
                    adopted ??= day;
                }
            }

            sum += adopted is { } on ? revenue[pair.Key].Where(r => r.Month >= MonthOf(on)).Sum(r => r.Cell.Net) : 0;
        }

        return sum;
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static void Expose(
        RevenueLake lake, string id, string day, string account = "acc-1", string arm = "treated") => lake.Execute(
        "insert into operations.cloud_service_recommender.exposure values "
        + $"('{id}', 1, timestamptz '{day} 15:00:00+00', '{account}', 'cust-1', 'svc-1', 1, '{arm}')");

    private static void Use(RevenueLake lake, string day) => lake.Execute(
        $"insert into operations.cloud_service_recommender.interaction values (date '{day}', 'acc-1', 'svc-1')");

    private static void Bill(RevenueLake lake, string month, int gross, int credits, int refunds) => lake.Execute(
        "insert into billing.revenue_by_service.revenue_by_account_service values "
        + $"(date '{month}-01', 'acc-1', 'svc-1', {gross}, {credits}, {refunds}, {gross - credits - refunds})");

    private static (int Window, string Id)[] Credits(RevenueLake lake) =>
    [
        .. lake.Rows("select window_days, recommendation_id from operations.recommender_revenue.attribution order by 1")
            .Select(r => ((int)r[0]!, (string)r[1]!)),
    ];
}

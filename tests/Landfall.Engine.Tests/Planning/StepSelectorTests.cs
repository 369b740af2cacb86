using System.Collections.Immutable;
using Landfall.Engine.Planning;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Planning;

public sealed class StepSelectorTests
{
    private const string Sources =
        "operations.telemetry operations.telemetry.event billing.invoices billing.invoices.line";

    private static readonly ImmutableArray<StepNode> Nodes =
    [
        TestSteps.Land("operations", "telemetry"),
        TestSteps.Enrich("operations", "telemetry", "event"),
        TestSteps.Land("billing", "invoices"),
        TestSteps.Enrich("billing", "invoices", "line"),
        TestSteps.Build("billing", "revenue-by-service", "by_account", "operations.telemetry.event",
            "billing.invoices.line"),
        TestSteps.Build("billing", "revenue-by-service", "by_service", "billing.revenue_by_service.by_account"),
    ];

    [Theory]
    [InlineData("",
        Sources + " billing.revenue_by_service.by_account billing.revenue_by_service.by_service")]
    [InlineData("invoices", "billing.invoices billing.invoices.line")]
    [InlineData("billing/invoices", "billing.invoices billing.invoices.line")]
    [InlineData("billing.invoices.line", "billing.invoices.line")]
    [InlineData("line", "billing.invoices.line")]
    [InlineData("zone:operations", "operations.telemetry operations.telemetry.event")]
    [InlineData("+by_account",
        Sources + " billing.revenue_by_service.by_account")]
    [InlineData("line+",
        "billing.invoices.line billing.revenue_by_service.by_account billing.revenue_by_service.by_service")]
    [InlineData("+by_account+",
        Sources + " billing.revenue_by_service.by_account billing.revenue_by_service.by_service")]
    [InlineData("event,line", "operations.telemetry.event billing.invoices.line")]
    [InlineData("billing.revenue_by_service",
        "billing.revenue_by_service.by_account billing.revenue_by_service.by_service")]
    [InlineData("billing/revenue-by-service",
        "billing.revenue_by_service.by_account billing.revenue_by_service.by_service")]
    [InlineData("billing.invoices", "billing.invoices billing.invoices.line")]
    [InlineData("line event", "operations.telemetry.event billing.invoices.line")]
    [InlineData("telemetry, line", "operations.telemetry operations.telemetry.event billing.invoices.line")]
    [InlineData("+line", "billing.invoices billing.invoices.line")]
    [InlineData("telemetry+",
        "operations.telemetry operations.telemetry.event billing.revenue_by_service.by_account "
        + "billing.revenue_by_service.by_service")]
    [InlineData("+zone:operations+",
        "operations.telemetry operations.telemetry.event billing.revenue_by_service.by_account "
        + "billing.revenue_by_service.by_service")]
    [InlineData("+by_service",
        Sources + " billing.revenue_by_service.by_account billing.revenue_by_service.by_service")]
    [InlineData("+state:modified",
        Sources + " billing.revenue_by_service.by_account")]
    [InlineData("state:modified", "billing.revenue_by_service.by_account")]
    [InlineData("state:modified+", "billing.revenue_by_service.by_account billing.revenue_by_service.by_service")]
    public void Select_Selector_PicksStepsInOrder(string selector, string expected)
    {
        ImmutableArray<StepNode> chosen = StepSelector.Select(
            Nodes, selector.Length == 0 ? [] : [selector], [],
                new HashSet<string> { "billing.revenue_by_service.by_account" });

        Assert.Equal(expected, string.Join(' ', chosen.Select(n => n.Key)));
    }

    [Fact]
    public void Select_Excluded_LeavesItOut()
    {
        ImmutableArray<StepNode> chosen = StepSelector.Select(
            Nodes, ["zone:billing"], ["by_service", "invoices"], new HashSet<string>());

        Assert.Equal(["billing.revenue_by_service.by_account"], chosen.Select(n => n.Key));
    }

    [Fact]
    public void Select_NothingModified_PicksNothing() =>
        Assert.Empty(StepSelector.Select(Nodes, ["+state:modified+"], [], new HashSet<string>()));

    [Fact]
    public void Select_SeveralSelectors_AnyMayMatchAndNoneTwice()
    {
        ImmutableArray<StepNode> chosen =
            StepSelector.Select(Nodes, ["+line", "invoices", "event"], [], new HashSet<string>());

        Assert.Equal(
            ["operations.telemetry.event", "billing.invoices", "billing.invoices.line"], chosen.Select(n => n.Key));
    }

    [Fact]
    public void Select_NothingButExcluded_LeavesOutOfEverything()
    {
        ImmutableArray<StepNode> chosen =
            StepSelector.Select(Nodes, [], ["telemetry+", "state:modified"], new HashSet<string>());

        Assert.Equal(["billing.invoices", "billing.invoices.line"], chosen.Select(n => n.Key));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("zone:nowhere")]
    [InlineData("zone:")]
    [InlineData("operations/invoices")]
    [InlineData("operations.invoices.line")]
    [InlineData("LINE")]
    [InlineData("_register")]
    [InlineData("+")]
    [InlineData("state:changed")]
    public void Select_UnknownName_IsRefusedWhetherChosenOrExcluded(string selector)
    {
        HashSet<string> none = [];

        LandfallException chosen = Assert.Throws<LandfallException>(
            () => StepSelector.Select(Nodes, ["line", selector], [], none));
        LandfallException excluded = Assert.Throws<LandfallException>(
            () => StepSelector.Select(Nodes, [], [selector], none));

        Assert.Equal(("LF4002", "LF4002"), (chosen.Code, excluded.Code));
        Assert.Contains($"'{selector}'", chosen.Message, StringComparison.Ordinal);
        Assert.Contains("telemetry, invoices, revenue-by-service", chosen.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_NothingMatches_SaysWhatWould()
    {
        LandfallException error = Assert.Throws<LandfallException>(
            () => StepSelector.Select(Nodes, ["invoice"], [], new HashSet<string>()));

        Assert.Equal("LF4002", error.Code);
        Assert.Contains("invoices", error.Message, StringComparison.Ordinal);
    }
}

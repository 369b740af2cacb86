using Landfall.Estate.Integrations;
using Landfall.Estate.Management;

namespace Landfall.Governance.Tests;

public sealed class EgressPolicyTests
{
    private static readonly ManagementZone _management = TestEstate.Make().Management;

    [Theory]
    [InlineData("db.test.example", 5432, true)]
    [InlineData("DB.Test.Example", 5432, true)]
    [InlineData("db.test.example", null, true)]
    [InlineData("db.test.example", 5433, false)]
    [InlineData("open.test.example", 1, true)]
    [InlineData("sub.open.test.example", 1, false)]
    [InlineData("", null, false)]
    public void Decide_HostAndPort_FollowTheRules(string host, int? port, bool permitted)
    {
        EgressDecision decision = EgressPolicy.Decide(_management, host, port);

        Assert.Equal(permitted, decision.Permitted);
        Assert.Equal(permitted ? "" : "LF3010", decision.Code);
    }

    [Fact]
    public void Decide_Refusal_NamesWhomToAsk() =>
        Assert.Equal(
            "x.example:80 is outside the egress rules. "
            + "Ask platform-team to add it to egress in management/zone.yaml.",
            EgressPolicy.Decide(_management, "x.example", 80).Reason);

    [Fact]
    public void Decide_FilesSource_NeedsNoRule() =>
        Assert.True(EgressPolicy.Decide(_management, new FilesSource("events"), resolvedPort: null).Permitted);

    [Fact]
    public void Decide_DatabaseWithPortFromASecret_IsCheckedAgainOnceKnown()
    {
        var source = new PostgresSource("db.test.example", "${secret:PORT}", "d", "u", "${secret:P}");

        Assert.True(EgressPolicy.Decide(_management, source, resolvedPort: null).Permitted);
        Assert.False(EgressPolicy.Decide(_management, source, resolvedPort: 1).Permitted);
    }
}

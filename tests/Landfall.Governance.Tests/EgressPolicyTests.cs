using Landfall.Estate.Management;

namespace Landfall.Governance.Tests;

public sealed class EgressPolicyTests
{
    private const string Secret = "${secret:PORT}";

    private static readonly ManagementZone _management = TestEstate.Make().Management;

    [Theory]
    [InlineData("db.test.example", "5432", true)]
    [InlineData("DB.Test.Example", "5432", true)]
    [InlineData("db.test.example", Secret, true)]
    [InlineData("db.test.example", "5433", false)]
    [InlineData("open.test.example", "1", true)]
    [InlineData("sub.open.test.example", "1", false)]
    public void Decide_HostAndPort_FollowTheRules(string host, string port, bool permitted)
    {
        EgressDecision decision = EgressPolicy.Decide(_management, EgressTarget.Of(host, port));

        Assert.Equal(permitted, decision.Permitted);
        Assert.Equal(permitted ? "" : "LF3010", decision.Code);
    }

    [Fact]
    public void Decide_Refusal_NamesWhomToAsk() =>
        Assert.Equal(
            "x.example:80 is outside the egress rules. "
            + "Ask platform-team to add it to egress in management/zone.yaml.",
            EgressPolicy.Decide(_management, EgressTarget.Of("x.example", "80")).Reason);

    [Fact]
    public void Decide_Permission_NamesTheRule() =>
        Assert.Equal("database", EgressPolicy.Decide(_management, EgressTarget.Of("db.test.example", "5432")).Reason);

    [Fact]
    public void Decide_PortFromASecret_IsCheckedOnceKnown()
    {
        EgressTarget target = EgressTarget.Of("db.test.example", Secret);

        Assert.True(EgressPolicy.Decide(_management, target).Permitted);
        Assert.True(EgressPolicy.Decide(_management, target.Resolve(Port("5432"))).Permitted);
        EgressDecision refused = EgressPolicy.Decide(_management, target.Resolve(Port("5433")));
        Assert.False(refused.Permitted);
        Assert.Equal(
            "db.test.example:${secret:PORT} is outside the egress rules. The rule database allows port 5432. "
            + "Ask platform-team to add it to egress in management/zone.yaml.",
            refused.Reason);
    }

    private static Dictionary<string, string> Port(string value) => new() { ["PORT"] = value };
}

using System.Collections.Immutable;
using System.Net;
using Landfall.Estate.Management;

namespace Landfall.Estate.Tests.Management;

public sealed class EgressTargetTests
{
    private const string Secret = "${secret:A}";

    [Theory]
    [InlineData("db.example", "db.example")]
    [InlineData("db.example", "DB.Example")]
    [InlineData("DB.example", "db.Example.")]
    [InlineData("localhost", "LOCALHOST")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("2001:db8::1", "2001:DB8:0:0::1")]
    [InlineData("::1", "[::1]")]
    [InlineData("[::1]", "::1")]
    public void RuleOf_TheSameHost_IsFound(string rule, string host)
    {
        ManagementZone zone = Zone(new EgressRule("one", rule, [5432]));

        Assert.Equal("one", EgressTarget.Of(host, "5432").RuleOf(zone)?.Name);
        Assert.Equal("one", EgressTarget.Of(Secret, "5432").Resolve(A(host)).RuleOf(zone)?.Name);
        Assert.Null(EgressTarget.Of(host, "5433").RuleOf(zone));
    }

    [Theory]
    [InlineData("sub.db.example")]
    [InlineData("db.example.org")]
    [InlineData("db.example..")]
    [InlineData("db")]
    [InlineData("db.")]
    [InlineData("*")]
    [InlineData("*.example")]
    [InlineData("db.example:5432")]
    [InlineData("db.example,evil.example")]
    [InlineData("evil.example,db.example")]
    [InlineData("db.example, evil.example")]
    [InlineData(" db.example")]
    [InlineData("db.example\n")]
    [InlineData("/var/run/postgresql")]
    [InlineData("@socket")]
    [InlineData("d\u00DF.example")]
    [InlineData("[db.example]")]
    [InlineData("[::1]:5432")]
    [InlineData("::1%lo")]
    [InlineData("127.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("localhost.")]
    [InlineData("")]
    [InlineData("${secret:A}")]
    public void RuleOf_AnotherHostOrNone_IsNotFound(string host)
    {
        ManagementZone zone = Zone(
            new EgressRule("name", "db.example", []), new EgressRule("four", "127.0.0.1", []),
            new EgressRule("six", "::1", []), new EgressRule("word", "localhost", []));

        Assert.Null(EgressTarget.Of(Secret, "5432").Resolve(A(host)).RuleOf(zone));
        if (!host.Contains("secret", StringComparison.Ordinal))
        {
            Assert.Null(EgressTarget.Of(host, "5432").RuleOf(zone));
        }
    }

    [Theory]
    [InlineData("5432", true)]
    [InlineData("05432", true)]
    [InlineData("1", false)]
    [InlineData("0", false)]
    [InlineData("65536", false)]
    [InlineData("4294972728", false)]
    [InlineData("99999999999999999999", false)]
    [InlineData("-5432", false)]
    [InlineData("+5432", false)]
    [InlineData(" 5432", false)]
    [InlineData("5432\n", false)]
    [InlineData("5_432", false)]
    [InlineData("0x1538", false)]
    [InlineData("\u0665\u0664\u0663\u0662", false)]
    [InlineData("", false)]
    [InlineData("${secret:A}", false)]
    public void RuleOf_PortFromASecret_IsANumberThatTheRuleHas(string port, bool found)
    {
        EgressTarget target = EgressTarget.Of("db.example", Secret).Resolve(A(port));

        Assert.Equal(found, target.RuleOf(Zone(new EgressRule("one", "db.example", [5432]))) is not null);
    }

    [Theory]
    [InlineData("65535", true)]
    [InlineData("65536", false)]
    [InlineData("0", false)]
    [InlineData("five", false)]
    public void RuleOf_RuleForEveryPort_StillNeedsAPort(string port, bool found)
    {
        EgressTarget target = EgressTarget.Of("db.example", Secret).Resolve(A(port));

        Assert.Equal(found, target.RuleOf(Zone(new EgressRule("any", "db.example", []))) is not null);
        Assert.Equal(found, target.IsReachable);
    }

    [Fact]
    public void RuleOf_WhatIsInASecret_FitsEveryRuleUntilItIsKnown()
    {
        ManagementZone zone = Zone(new EgressRule("one", "db.example", [5432]));

        Assert.NotNull(EgressTarget.Of("db.example", Secret).RuleOf(zone));
        Assert.NotNull(EgressTarget.Of(Secret, "5432").RuleOf(zone));
        Assert.NotNull(EgressTarget.Of("db-${secret:A}.example", Secret).RuleOf(zone));
        Assert.Null(EgressTarget.Of(Secret, "5433").RuleOf(zone));
        Assert.Null(EgressTarget.Of(Secret, Secret).RuleOf(Zone()));
        Assert.False(EgressTarget.Of(Secret, "5432").IsReachable);
    }

    [Fact]
    public void RuleOf_SecretThatIsNotThere_IsNone()
    {
        EgressTarget target = EgressTarget.Of("db.example", Secret).Resolve(ImmutableDictionary<string, string>.Empty);

        Assert.Null(target.RuleOf(Zone(new EgressRule("any", "db.example", []))));
    }

    [Fact]
    public void RefusalBy_PartsFromSecrets_TellsNoValue()
    {
        ManagementZone zone = Zone(new EgressRule("one", "db.example", [1, 2]));
        EgressTarget host = EgressTarget.Of(Secret, "3").Resolve(A("db.example"));

        Assert.Equal("${secret:A}:3 is outside the egress rules.", host.RefusalBy(zone)!.Problem);
        Assert.Equal(
            "db.example:${secret:A} is outside the egress rules. The rule one allows ports 1, 2.",
            EgressTarget.Of("db.example", Secret).Resolve(A("47")).RefusalBy(zone)!.Problem);
        Assert.Equal(
            "db.example:${secret:A} is outside the egress rules. Its port is no number from 1 to 65535.",
            EgressTarget.Of("db.example", Secret).Resolve(A("secret")).RefusalBy(zone)!.Problem);
        Assert.Equal(
            "${secret:A}:1 is outside the egress rules. Its host is not one host name or address.",
            EgressTarget.Of(Secret, "1").Resolve(A("a,b")).RefusalBy(zone)!.Problem);
    }

    [Theory]
    [InlineData("db.example", "db.example:1")]
    [InlineData("2001:db8::1", "[2001:db8::1]:1")]
    [InlineData("[2001:db8::1]", "[2001:db8::1]:1")]
    [InlineData(Secret, "${secret:A}:1")]
    public void ToString_HostAndPort_IsAsDeclared(string host, string text)
    {
        Assert.Equal(text, EgressTarget.Of(host, "1").ToString());
        Assert.Equal(text, EgressTarget.Of(host, "1").Resolve(A("hidden.example")).ToString());
    }

    [Theory]
    [InlineData("[::1]", "::1")]
    [InlineData("Db.Example.", "Db.Example.")]
    public void Host_ToConnectTo_IsAsWrittenWithoutBrackets(string host, string text) =>
        Assert.Equal(text, EgressTarget.Of(host, "1").Host);

    private static Dictionary<string, string> A(string value) => new() { ["A"] = value };

    private static ManagementZone Zone(params ImmutableArray<EgressRule> rules) => new()
    {
        Id = "management",
        Owner = "platform-team",
        AddressRange = IPNetwork.Parse("10.0.0.0/16"),
        DnsSuffix = "test.internal",
        Egress = rules,
        Groups = [],
        Users = [],
        ServicePrincipals = [],
    };
}

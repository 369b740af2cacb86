using Landfall.Estate.Manifests;

namespace Landfall.Estate.Tests.Contracts;

/// <summary>An agreement is changed as a person would change it: the rest of its text stays as it is.</summary>
public sealed class AgreementEditorTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private const string Requested = """
        # asked for in April
        apiVersion: v0.9.0
        kind: AccessAgreement
        id: a
        status: requested # not yet
        description: { purpose: "x" }
        customProperties:
          - { property: columns, value: [a, b] }

        """;

    [Fact]
    public void Approve_SetsStatusAndSignature()
    {
        string approved = AgreementEditor.Approve(Requested, "ana@x.example", Now);

        Assert.Equal(
            Requested.Replace("requested #", "approved #", StringComparison.Ordinal).Replace(
                "  - { property: columns",
                "  - { property: signedAt, value: \"2026-05-01T12:00:00Z\" }\n"
                    + "  - { property: signedBy, value: \"ana@x.example\" }\n  - { property: columns",
                StringComparison.Ordinal),
            approved);
    }

    [Fact]
    public void Approve_AgainAndWithoutProperties_OverwritesAndAdds()
    {
        string text = "apiVersion: v0.9.0\nstatus: rejected";

        string once = AgreementEditor.Approve(text, "ana@x.example", Now);
        string twice = AgreementEditor.Approve(once, "o'b\"en", Now.AddDays(1));

        Assert.Equal(
            "apiVersion: v0.9.0\nstatus: approved\ncustomProperties: "
            + "[{ property: signedAt, value: \"2026-05-01T12:00:00Z\" }, "
            + "{ property: signedBy, value: \"ana@x.example\" }]\n",
            once);
        Assert.Contains("value: \"o'b\\\"en\"", twice, StringComparison.Ordinal);
        Assert.Contains("2026-05-02T12:00:00Z", twice, StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", twice, StringComparison.Ordinal);
    }

    [Fact]
    public void Reject_KeepsWhoAndWhy()
    {
        string rejected = AgreementEditor.Reject(Requested, "ana@x.example", "too wide:\n\"all\"", Now);

        Assert.Contains("status: rejected # not yet", rejected, StringComparison.Ordinal);
        Assert.Contains("rejectedBy, value: \"ana@x.example\"", rejected, StringComparison.Ordinal);
        Assert.Contains("rejectedReason, value: \"too wide:\\n\\\"all\\\"\"", rejected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endTimestamp: 2030-01-01T00:00:00Z\n")]
    [InlineData("endTimestamp: \"2030-01-01T00:00:00Z\"\n")]
    [InlineData("")]
    public void Revoke_EndsItNow(string end)
    {
        string revoked = AgreementEditor.Revoke(Requested + end, "ana@x.example", "", Now);

        Assert.Contains("2026-05-01T12:00:00Z", revoked, StringComparison.Ordinal);
        Assert.DoesNotContain("2030", revoked, StringComparison.Ordinal);
        Assert.Contains("revokedBy, value: \"ana@x.example\"", revoked, StringComparison.Ordinal);
    }
}

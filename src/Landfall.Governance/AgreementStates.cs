using Landfall.Estate.Agreements;

namespace Landfall.Governance;

/// <summary>How an agreement stands at a time.</summary>
public static class AgreementStates
{
    /// <summary>
    /// <c>requested, rejected, unsigned, revoked, expired, pending</c> where it begins later, or <c>active</c>, which
    /// alone permits.
    /// </summary>
    public static string Of(Agreement agreement, DateTimeOffset now) => agreement switch
    {
        { Status: not "approved" } => agreement.Status,
        { SignedBy: null } => "unsigned",
        { End: { } end, RevokedBy: not null } when now >= end => "revoked",
        { End: { } end } when now >= end => "expired",
        { Start: { } start } when now < start => "pending",
        _ => "active",
    };
}

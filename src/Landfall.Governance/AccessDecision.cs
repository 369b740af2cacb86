using System.Collections.Immutable;

namespace Landfall.Governance;

/// <summary>Whether a product may read a table, and why.</summary>
public sealed record AccessDecision
{
    private AccessDecision()
    {
    }

    /// <summary>Whether the table may be read.</summary>
    public bool Permitted => Code.Length == 0;

    /// <summary>Why it may be read, <c>same zone</c> or <c>agreement ID</c>; of a refusal, its message.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the agreement that permits; empty for a table of the same zone and for a refusal.</summary>
    public string AgreementId { get; private init; } = "";

    /// <summary>Columns that may be read; empty for all.</summary>
    public ImmutableArray<string> Columns { get; private init; } = [];

    /// <summary>The diagnostic code of a refusal, <c>LF3001</c> to <c>LF3006</c>; empty when permitted.</summary>
    public string Code { get; private init; } = "";

    /// <summary>Whether it is refused because an agreement has ended, was revoked or has not begun.</summary>
    public bool IsOfTime => Code == "LF3004";

    /// <summary>What is missing, as a sentence; empty when permitted.</summary>
    public string Message => Permitted ? "" : Reason;

    /// <summary>Whom to ask, and for which file with which text; empty when permitted.</summary>
    public string Hint { get; private init; } = "";

    /// <summary>Permitted because the reader's zone owns the table.</summary>
    public static AccessDecision SameZone { get; } = new() { Reason = "same zone" };

    /// <summary>Permitted by an agreement, for some columns or, where none are named, all.</summary>
    public static AccessDecision ByAgreement(string agreementId, ImmutableArray<string> columns) => new()
    {
        Reason = $"agreement {agreementId}" + (columns.IsEmpty ? "" : $" for {string.Join(", ", columns)}"),
        AgreementId = agreementId,
        Columns = columns,
    };

    /// <summary>Refused with a code of the catalogue, what is missing and how to ask for it.</summary>
    public static AccessDecision Refused(string code, string message, string hint) =>
        new() { Code = code, Reason = message, Hint = hint };
}

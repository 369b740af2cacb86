using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.Evolution;

/// <summary>How the contract that the estate declares differs from the one that a table was committed under.</summary>
public sealed record ContractDrift
{
    /// <summary>The table.</summary>
    public required CatalogTable Table { get; init; }

    /// <summary>Version of the contract that the lake has; null where it has none on record.</summary>
    public required string? Recorded { get; init; }

    /// <summary>What changed since.</summary>
    public required ImmutableArray<ContractChange> Changes { get; init; }

    /// <summary>Whether the table's record of its contract is not what the estate says, in any word.</summary>
    public required bool IsOutdated { get; init; }

    /// <summary>Version of the contract that the estate has.</summary>
    public string Declared => Table.Contract!.Version;

    /// <summary>Whether the table is to be made anew.</summary>
    public bool Rebuilds => Changes.Any(c => c.Effect != ContractEffect.Described);

    /// <summary>Whether readers may break.</summary>
    public bool IsBreaking => Changes.Any(c => c.IsBreaking);

    /// <summary>Versions and changes as a phrase.</summary>
    public string Text => Recorded is null
        ? $"contract {Declared} is not on record"
        : $"contract {Recorded}{(Recorded == Declared ? "" : $" to {Declared}")}: "
          + (Changes.IsEmpty ? "nothing but the version changed" : string.Join("; ", Changes.Select(c => c.Text)));

    /// <summary>Compares a table's newest version with its contract; the table has one.</summary>
    public static ContractDrift Of(CatalogTable table, Snapshot snapshot)
    {
        RecordedContract? recorded = RecordedContract.Of(snapshot);
        return new()
        {
            Table = table,
            Recorded = recorded?.Version,
            Changes = recorded is null
                ? []
                : ContractChange.Compare(recorded.Table, RecordedContract.PromiseOf(table)),
            IsOutdated = snapshot.Metadata.Configuration.GetValueOrDefault(RecordedContract.Property)
                != RecordedContract.TextOf(table),
        };
    }

    /// <summary>Why the change may not be made as it stands; null where it may.</summary>
    public Diagnostic? Problem(SourceMap places) => ProblemAt(places.Find(PlaceOf(Table)));

    /// <summary>Throws what <see cref="Problem(SourceMap)"/> says, for a step that would build the table.</summary>
    /// <exception cref="LandfallException">LF4246 or LF4247.</exception>
    public void RequirePermitted()
    {
        if (ProblemAt(new(Table.Contract!.File, 1, 1)) is { } problem)
        {
            throw new LandfallException(
                problem.Code,
                $"{problem.Message} The table is as it was. {problem.Hint} The contract is {Table.Contract.File}.");
        }
    }

    /// <summary>Key of the place where a table's contract says its version.</summary>
    internal static string PlaceOf(CatalogTable table) =>
        $"zone:{table.ZoneId}/{(table.Kind == TableKind.Product ? "product" : "integration")}:{table.UnitId}"
        + "/contract/version";

    private Diagnostic? ProblemAt(SourceLocation place)
    {
        if (Recorded is null)
        {
            return null;
        }

        ContractVersion was = ContractVersion.Parse(Recorded);
        ContractVersion now = ContractVersion.Parse(Declared);
        if (now < was)
        {
            return new(
                "LF4247", Severity.Error, place,
                $"The contract of {Table.Name} went down from version {Recorded} to {Declared}.",
                $"What was promised since may be in use. Set version: {was.NextMajor} to go back on it.");
        }

        return IsBreaking && now.Major <= was.Major
            ? new(
                "LF4246", Severity.Error, place,
                $"The contract of {Table.Name} breaks its readers, and its version {Declared} does not say so: "
                + $"{string.Join("; ", Changes.Where(c => c.IsBreaking).Select(c => c.Text))}.",
                $"The lake has it at version {Recorded}. Set version: {was.NextMajor}, or take the change back.")
            : null;
    }
}

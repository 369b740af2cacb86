using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Types;

namespace Landfall.Estate.Tests.Contracts;

public sealed class ContractChangeTests
{
    private static readonly ContractColumn Id = Column("id", DataType.BigInt) with
    {
        Required = true, PrimaryKeyPosition = 1,
    };

    private static readonly ContractTable Old = new()
    {
        Name = "t", Description = "", Columns = [Id, Column("a", DataType.Int), Column("b", DataType.String)],
        Quality = [Rule("rows", 0)],
    };

    public static TheoryData<string, ContractTable, string, ContractEffect> Changes => new()
    {
        { "same", Old, "", ContractEffect.Described },
        { "optional column", With(Id, A, B, Column("c", DataType.Date)), "column 'c' added",
            ContractEffect.Compatible },
        { "optional column between", With(Id, Column("c", DataType.Date), A, B), "column 'c' added",
            ContractEffect.Compatible },
        { "required column", With(Id, A, B, Column("c", DataType.Date) with { Required = true }),
            "required column 'c' added", ContractEffect.Breaking },
        { "removed", With(Id, B), "column 'a' removed", ContractEffect.Breaking },
        { "renamed", With(Id, Column("z", DataType.Int), B), "column 'a' renamed to 'z'", ContractEffect.Breaking },
        { "replaced by another type", With(Id, Column("z", DataType.Date), B),
            "column 'z' added; column 'a' removed", ContractEffect.Breaking },
        { "widened", With(Id, A with { Type = DataType.BigInt }, B), "type of column 'a' changed from int to bigint",
            ContractEffect.Breaking },
        { "tightened", With(Id, A with { Required = true }, B), "column 'a' may no longer be null",
            ContractEffect.Breaking },
        { "loosened", With(Id with { Required = false }, A, B), "column 'id' may be null now",
            ContractEffect.Breaking },
        { "order", With(Id, B, A), "order of columns changed", ContractEffect.Breaking },
        { "key", With(Id, A with { PrimaryKeyPosition = 2 }, B), "primary key changed from (id) to (id, a)",
            ContractEffect.Breaking },
        { "classification", With(Id, A with { Classification = "personal" }, B),
            "classification of column 'a' changed from none to personal", ContractEffect.Breaking },
        { "rule changed", Old with { Quality = [Rule("rows", 1)] }, "quality rule 'rows' changed",
            ContractEffect.Breaking },
        { "rule added", Old with { Quality = [Rule("rows", 0), Rule("more", 0)] }, "quality rule 'more' added",
            ContractEffect.Breaking },
        { "rule removed", Old with { Quality = [] }, "quality rule 'rows' removed", ContractEffect.Breaking },
        { "description", With(Id, A with { Description = "An A." }, B), "description of column 'a' changed",
            ContractEffect.Described },
        { "description of the table", Old with { Description = "T." }, "description of the table changed",
            ContractEffect.Described },
    };

    private static ContractColumn A => Old.Columns[1];

    private static ContractColumn B => Old.Columns[2];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Compare_Change_IsNamedWithItsEffect(string what, ContractTable now, string text, ContractEffect effect)
    {
        ImmutableArray<ContractChange> found = ContractChange.Compare(Old, now);

        Assert.True(text == string.Join("; ", found.Select(c => c.Text)), what);
        Assert.Equal(effect, found.Select(c => c.Effect).DefaultIfEmpty().Max());
    }

    [Theory]
    [InlineData("1.2.3", "1.2.3", 0)]
    [InlineData("1.10.0", "1.9.9", 1)]
    [InlineData("2.0.0-rc.1", "2.0.0", 0)]
    [InlineData("0.9.0", "1.0.0", -1)]
    public void ContractVersion_Compared_GoesByItsNumbers(string left, string right, int expected) =>
        Assert.Equal(expected, Math.Sign(ContractVersion.Parse(left).CompareTo(ContractVersion.Parse(right))));

    private static ContractTable With(params ContractColumn[] columns) => Old with { Columns = [.. columns] };

    private static ContractColumn Column(string name, DataType type) => new()
    {
        Name = name, Type = type, Required = false, PrimaryKeyPosition = 0, Classification = "", Description = "",
    };

    private static QualityRule Rule(string name, decimal value) => new()
    {
        Name = name, Metric = "rowCount", Columns = ["a"], Query = "", ValidValues = [], Pattern = "",
        Operator = "mustBeGreaterThan", Value = value, UpperValue = 0, Percent = false, Severity = Severity.Error,
    };
}

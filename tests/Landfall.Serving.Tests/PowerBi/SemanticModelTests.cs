using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Serving.PowerBi;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>What of a contract is in a model, and what is left out.</summary>
public sealed class SemanticModelTests
{
    [Theory]
    [InlineData("personal", true)]
    [InlineData("restricted", true)]
    [InlineData("confidential", false)]
    [InlineData("", false)]
    public void Column_ByItsClassification_IsLeftOut(string classification, bool isLeftOut)
    {
        SemanticModel model = SemanticModel.Of(TestContracts.Of(TestContracts.Table(
            "t", "", TestContracts.Column("a", DataType.Int), TestContracts.Column("b", DataType.Int, classification)))
            .Contract);

        Assert.Equal(isLeftOut ? ["a"] : ["a", "b"], model.Tables.Single().Columns.Select(c => c.Name));
        Assert.Equal(isLeftOut, model.LeftOut.Any(l => l.StartsWith("column t.b: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatIsMadeOfAWithheldColumn_IsLeftOutToo()
    {
        ContractTable key = TestContracts.Table("k", "", Key("id") with { Classification = "personal" }, Key("other"));
        ContractTable table = TestContracts.Table("t", "", TestContracts.Column("id", DataType.Int)) with
        {
            Relationships = [new(["id"], "k", ["id"])],
            Measures =
            [
                new() { Name = "Kept", Aggregate = MeasureAggregate.Count },
                new() { Name = "Quotient", Divide = ["Kept", "Ids"] },
            ],
        };
        ContractTable measured = key with
        {
            Measures = [new() { Name = "Ids", Aggregate = MeasureAggregate.Count, Column = "id" }],
        };

        SemanticModel model = SemanticModel.Of(TestContracts.Of(measured, table).Contract);

        Assert.Empty(model.Relationships);
        Assert.Equal(["Kept"], model.Tables.SelectMany(t => t.Measures).Select(m => m.Name));
        Assert.Equal(4, model.LeftOut.Length);
    }

    [Fact]
    public void Table_WithoutAnyColumn_IsLeftOut() => Assert.Equal(
        ["u"],
        SemanticModel.Of(TestContracts.Of(
            TestContracts.Table("t", "", TestContracts.Column("a", DataType.Int, "personal")),
            TestContracts.Table("u", "", TestContracts.Column("a", DataType.Int))).Contract)
            .Tables.Select(t => t.Name));

    [Fact]
    public void Contract_WithoutMeasures_CountsRows() => Assert.Equal(
        "COUNTROWS('t')",
        SemanticModel.Of(TestContracts.Of(TestContracts.Table("t", "", TestContracts.Column("a", DataType.Int)))
            .Contract).Tables.Single().Measures.Single().Expression);

    /// <summary>Two stars share a dimension, which is fine; a second way from one table to another is not.</summary>
    [Fact]
    public void Relationship_ThatWouldBeASecondWay_IsNotActive()
    {
        ContractTable top = TestContracts.Table("top", "", Key("id"));
        ContractTable left = Child("left", ("id", "top"));
        ContractTable right = Child("right", ("id", "top"));
        ContractTable bottom = Child("bottom", ("l", "left"), ("r", "right"));
        ContractTable loose = Child("loose", ("id", "top"), ("id2", "top"));

        SemanticModel model = SemanticModel.Of(TestContracts.Of(top, left, right, bottom, loose).Contract);

        Assert.Equal(
            ["left.id+", "right.id+", "bottom.l+", "bottom.r-", "loose.id+", "loose.id2-"],
            model.Relationships.Select(r => $"{r.FromTable}.{r.FromColumn}{(r.IsActive ? '+' : '-')}"));
    }

    [Fact]
    public void Relationships_OfAStar_AreAllActive()
    {
        ContractTable one = TestContracts.Table("one", "", Key("id"));
        ContractTable two = TestContracts.Table("two", "", Key("id"));

        SemanticModel model = SemanticModel.Of(TestContracts.Of(
            one, two, Child("first", ("a", "one"), ("b", "two")), Child("second", ("a", "one"), ("b", "two")))
            .Contract);

        Assert.All(model.Relationships, r => Assert.True(r.IsActive));
        Assert.Equal(4, model.Relationships.Length);
    }

    [Fact]
    public void Relationship_OfSeveralColumnsOrToItself_IsLeftOut()
    {
        ContractTable table = TestContracts.Table("t", "", Key("id"), TestContracts.Column("b", DataType.Int)) with
        {
            Relationships = [new(["b"], "t", ["id"]), new(["b", "id"], "u", ["a", "b"])],
        };

        SemanticModel model = SemanticModel.Of(
            TestContracts.Of(table, TestContracts.Table("u", "", Key("a"), Key("b"))).Contract);

        Assert.Empty(model.Relationships);
        Assert.Equal(2, model.LeftOut.Length);
    }

    [Fact]
    public void Measures_WhoseNamesAreAlikeOnOneLine_HaveNumbers() => Assert.Equal(
        ["a b", "A b (2)"],
        SemanticModel.Of(TestContracts.Of(TestContracts.Table("t", "", Key("id")) with
        {
            Measures =
            [
                new() { Name = "a\nb", Aggregate = MeasureAggregate.Count },
                new() { Name = "A b", Aggregate = MeasureAggregate.Count },
            ],
        }).Contract).Tables.Single().Measures.Select(m => m.Name));

    private static ContractColumn Key(string name) =>
        TestContracts.Column(name, DataType.Int) with { PrimaryKeyPosition = 1, Required = true };

    private static ContractTable Child(string name, params (string Column, string Table)[] parents) =>
        TestContracts.Table(
            name,
            "",
            [
                Key("id"),
                .. parents.Where(p => p.Column != "id").Select(p => TestContracts.Column(p.Column, DataType.Int)),
            ])
        with
        {
            Relationships = [.. parents.Select(p => new ContractRelationship([p.Column], p.Table, ["id"]))],
        };
}

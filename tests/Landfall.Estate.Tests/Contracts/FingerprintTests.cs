using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Estate.Tests.Contracts;

public sealed class FingerprintTests
{
    private static readonly ContractColumn _column = new()
    {
        Name = "a",
        Type = DataType.Struct([new("x", DataType.Decimal(18, 2))]),
        Required = true,
        PrimaryKeyPosition = 1,
        Classification = "",
        Description = "",
    };

    private static readonly ContractTable _table =
        new() { Name = "t", Description = "", Columns = [_column], Quality = [] };

    [Fact]
    public void Fingerprint_SameTable_IsStableAcrossVersions() =>
        Assert.Equal("726956df5f97b0fea372c384fbfde5fc", _table.Fingerprint());

    [Fact]
    public void Fingerprint_DescriptionOrClassification_DoesNotCount()
    {
        ContractColumn told = _column with { Description = "A.", Classification = "personal" };

        Assert.Equal(_table.Fingerprint(), (_table with { Description = "T.", Columns = [told] }).Fingerprint());
    }

    [Fact]
    public void Fingerprint_WhatTheDataIs_Counts()
    {
        ContractColumn other = _column with { Name = "b", PrimaryKeyPosition = 0 };
        ContractTable[] tables =
        [
            _table,
            _table with { Columns = [_column with { Name = "b" }] },
            _table with { Columns = [_column with { Required = false }] },
            _table with { Columns = [_column with { PrimaryKeyPosition = 0 }] },
            _table with { Columns = [_column with { Type = DataType.Struct([new("x", DataType.Decimal(18, 3))]) }] },
            _table with { Columns = [_column with { Type = DataType.Struct(
                [new("x", DataType.Decimal(18, 2), false)]) }] },
            _table with { Columns = [_column with { Type = DataType.Array(DataType.String) }] },
            _table with { Columns = [_column, other] },
            _table with { Columns = [other, _column] },
        ];

        Assert.Equal(tables.Length, tables.Select(t => t.Fingerprint()).Distinct().Count());
    }
}

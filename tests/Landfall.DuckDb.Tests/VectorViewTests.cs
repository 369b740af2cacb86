using Landfall.Estate;

namespace Landfall.DuckDb.Tests;

public sealed class VectorViewTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Validity_WithNulls_HasABitARow()
    {
        using DuckDbResult result = _session.Connection.Query(
            "select if(range % 2 = 0, null, range), range from range(130) order by range");
        Assert.True(result.NextChunk(out DataChunk chunk));

        ReadOnlySpan<ulong> bits = chunk[0].Validity;

        Assert.Equal([0xAAAAAAAAAAAAAAAA, 0xAAAAAAAAAAAAAAAA], bits[..2].ToArray());
        Assert.Equal(3, bits.Length);
        Assert.Equal((false, true), (chunk[0].IsValid(0), chunk[0].IsValid(129)));
        Assert.True(chunk[1].IsValid(0));
    }

    [Theory]
    [InlineData(4, "-12.34", -1234)]
    [InlineData(9, "12.34", 1234)]
    [InlineData(18, "-12.34", -1234)]
    [InlineData(38, "-12.34", -1234)]
    public void Unscaled_OfEachWidth_IsTheNumberWithoutItsPoint(int width, string text, int expected)
    {
        using DuckDbResult result = _session.Connection.Query($"select '{text}'::decimal({width},2)");
        Assert.True(result.NextChunk(out DataChunk chunk));

        Assert.Equal(expected, chunk[0].Unscaled(0));
    }

    [Fact]
    public void Elements_OfListsOfStructs_AreReachedThroughEntries()
    {
        using DuckDbResult result = _session.Connection.Query(
            "select list_transform(range(i), lambda x: {'n': x, 't': 'text ' || x}) from range(4) r(i) order by i");
        Assert.True(result.NextChunk(out DataChunk chunk));
        VectorView lists = chunk[0];
        VectorView elements = lists.Elements;

        Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 4).Select(LengthOf(lists)));
        ListEntry last = lists.Entry(3);
        Assert.Equal(2, elements.Field(0).Values<long>()[last.Offset + 2]);
        Assert.Equal("text 2"u8, elements.Field(1).Bytes(last.Offset + 2));
    }

    [Fact]
    public void Entry_OfFixedArrays_CountsElements()
    {
        using DuckDbResult result = _session.Connection.Query(
            "select [i, i + 1]::bigint[2] from range(3) r(i) order by i");
        Assert.True(result.NextChunk(out DataChunk chunk));

        Assert.Equal(new ListEntry(4, 2), chunk[0].Entry(2));
        Assert.Equal([0, 1, 1, 2, 2, 3], chunk[0].Elements.Values<long>().ToArray());
    }

    [Theory]
    [InlineData("1::bigint")]
    [InlineData("'text'")]
    [InlineData("[1]")]
    public void Values_OfAnotherSize_AreRefused(string sql)
    {
        using DuckDbResult result = _session.Connection.Query($"select {sql}");

        Assert.Equal("LF4104", Assert.Throws<LandfallException>(() => ReadInts(result)).Code);
    }

    [Fact]
    public void IsValid_RowOutside_Throws()
    {
        using DuckDbResult result = _session.Connection.Query("select 1");

        Assert.Throws<ArgumentOutOfRangeException>(() => AskRow(result, 1));
        using DuckDbResult again = _session.Connection.Query("select 1");
        Assert.Throws<ArgumentOutOfRangeException>(() => AskRow(again, -1));
    }

    private static Func<int, int> LengthOf(VectorView lists)
    {
        int[] lengths = new int[lists.Count];
        for (int row = 0; row < lengths.Length; row++)
        {
            lengths[row] = lists.Entry(row).Length;
        }

        return row => lengths[row];
    }

    private static int ReadInts(DuckDbResult result) =>
        result.NextChunk(out DataChunk chunk) ? chunk[0].Values<int>().Length : -1;

    private static bool AskRow(DuckDbResult result, int row) =>
        result.NextChunk(out DataChunk chunk) && chunk[0].IsValid(row);
}

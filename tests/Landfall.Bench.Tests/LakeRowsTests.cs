namespace Landfall.Bench.Tests;

/// <summary>The control: rows that differ are seen, whether rows or hashes are compared.</summary>
public sealed class LakeRowsTests
{
    [Theory]
    [InlineData("select 1 as a", "select 1 as a", true)]
    [InlineData("select unnest([1, 2]) as a", "select unnest([2, 1]) as a", true)]
    [InlineData("select null as a", "select null as a", true)]
    [InlineData("select 1 as a", "select 2 as a", false)]
    [InlineData("select unnest([1, 1]) as a", "select 1 as a", false)]
    [InlineData("select 1 as a", "select unnest([1, 1]) as a", false)]
    [InlineData("select unnest([1, 1, 2]) as a", "select unnest([1, 2, 2]) as a", false)]
    [InlineData("select 1 as a where false", "select null as a", false)]
    public void Agree_Rows_AreComparedAsMultisets(string one, string other, bool agree)
    {
        using LakeRows rows = new();
        using LakeRows hashes = new(most: 0);

        Assert.Equal(agree, rows.Agree(one, other));
        Assert.Equal(agree, hashes.Agree(one, other));
    }

    [Theory]
    [InlineData("select 1 as a", "select unnest([1, 2]) as a", true)]
    [InlineData("select 1 as a", "select unnest([1, 2, 3]) as a", false)]
    [InlineData("select 1 as a", "select unnest([2, 3]) as a", false)]
    public void Agree_WithMoreAllowed_TheOtherMayHaveThem(string one, string other, bool agree)
    {
        using LakeRows rows = new();

        Assert.Equal(agree, rows.Agree(one, other, more: 1));
    }

    [Fact]
    public void Agree_RowsOfAFile_AreComparedToo()
    {
        using LakeRows rows = new();
        string file = Path.Combine(Path.GetTempPath(), $"landfall-rows-{Guid.NewGuid():N}.parquet");
        try
        {
            rows.Keep("select unnest([1, 2]) as a", file);

            Assert.True(rows.Agree(file, "select unnest([1, 2]) as a"));
            Assert.False(rows.Agree(file, "select unnest([1, 3]) as a"));
            Assert.Equal(2, rows.Count(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Require_WhatIsNotSo_EndsTheBenchmark() =>
        Assert.Throws<InvalidOperationException>(() => BenchHome.Require(false, "the same rows"));
}

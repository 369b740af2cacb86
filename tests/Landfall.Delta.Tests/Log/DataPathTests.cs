using Landfall.Delta.Log;

namespace Landfall.Delta.Tests.Log;

public sealed class DataPathTests
{
    [Theory]
    [InlineData("step/part-0.parquet", "step/part-0.parquet")]
    [InlineData("a b/c%d.parquet", "a%20b/c%25d.parquet")]
    [InlineData("p=a%20b/x.parquet", "p%3Da%2520b/x.parquet")]
    [InlineData("ü+#?:&'\"<>", "%C3%BC%2B%23%3F%3A%26%27%22%3C%3E")]
    [InlineData("😀/日本", "%F0%9F%98%80/%E6%97%A5%E6%9C%AC")]
    public void Encode_ThenDecode_IsTheSamePath(string path, string encoded)
    {
        Assert.Equal(encoded, DataPath.Encode(path));
        Assert.Equal(path, DataPath.Decode(encoded));
    }

    [Theory]
    [InlineData("file:/lake/a%20b", "/lake/a b")]
    [InlineData("file:///lake/a", "/lake/a")]
    [InlineData("test%file%prefix-1", "test%file%prefix-1")]
    [InlineData("p=1/x", "p=1/x")]
    public void Decode_WhatOthersWrite_IsThePhysicalPath(string logPath, string path) =>
        Assert.Equal(path, DataPath.Decode(logPath));
}

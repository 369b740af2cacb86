using System.Reflection;
using Landfall.Sql.Linting;
using Landfall.Sql.Macros;

namespace Landfall.Sql.Tests;

public sealed class SqlDocumentationTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "sql.md"));

    public static TheoryData<string> Codes { get; } =
        [.. typeof(SqlCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetValue(null)!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Page_EveryCode_HasARow(string code) => Assert.Contains($"| {code} |", Page);

    [Fact]
    public void Page_EveryMacroAndFunction_IsListed()
    {
        Assert.All(MacroCatalogue.All.Keys, macro => Assert.Contains($"`@{macro}(", Page));
        Assert.All(PortableFunctions.Known.Except(["count_star", "quantile_cont"]),
            name => Assert.Contains(name, Page));
    }

    [Fact]
    public void Page_Example_StaysInsideTheSubset()
    {
        int start = Page.IndexOf("```sql", StringComparison.Ordinal) + "```sql".Length;
        string example = Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)];

        Assert.Equal([], fixture.Analyze(example).Diagnostics.Select(d => d.ToString()));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(SqlFixture.Folder());
        while (!Directory.Exists(Path.Combine(folder.FullName, "estates")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}

namespace Landfall.Architecture.Tests;

/// <summary>Negative controls: each rule finds what it is for, and lets the nearest right thing pass.</summary>
public sealed class TidyRulesTests
{
    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    public void LongFile_AtTheLimit_FindsOnlyMore(int lines, int found) =>
        Assert.Equal(found, TidyRules.LongFile(File(string.Concat(Enumerable.Repeat("x\n", lines)))).Count());

    [Theory]
    [InlineData(120, 0)]
    [InlineData(121, 1)]
    public void LongLine_AtTheLimit_FindsOnlyMore(int length, int found) =>
        Assert.Equal(found, TidyRules.LongLine(File(new string('x', length) + "\n")).Count());

    [Theory]
    [InlineData(70, 0)]
    [InlineData(71, 1)]
    public void LongMethod_AtTheLimit_FindsOnlyMore(int lines, int found)
    {
        string body = string.Concat(Enumerable.Repeat("int x;\n", lines - 3));

        Assert.Equal(found, TidyRules.LongMethod(File("class A {\nvoid M()\n{\n" + body + "}\n}")).Count());
    }

    [Theory]
    [InlineData("public class A; internal class B;", 0)]
    [InlineData("public class A { public class Inner; }", 0)]
    [InlineData("public class A; public record B;", 1)]
    [InlineData("namespace N; public enum A; public delegate void B();", 1)]
    public void SeveralPublicTypes_Types_CountsTheOuterPublicOnes(string text, int found) =>
        Assert.Equal(found, TidyRules.SeveralPublicTypes(File(text)).Count());

    [Theory]
    [InlineData("class A;", 0)]
    [InlineData("class B;", 1)]
    [InlineData("class B; class C;", 0)]
    [InlineData("public class B; class C;", 1)]
    [InlineData("System.Console.WriteLine();", 0)]
    public void NotNamedAfterType_Types_ComparesWithTheFile(string text, int found) =>
        Assert.Equal(found, TidyRules.NotNamedAfterType(File(text)).Count());

    [Theory]
    [InlineData("namespace P.Folder;", 0)]
    [InlineData("namespace P;", 1)]
    [InlineData("namespace P.Folder { }", 1)]
    public void NamespaceIsNotFolder_Namespace_ComparesWithTheFolder(string text, int found) =>
        Assert.Equal(found, TidyRules.NamespaceIsNotFolder(File(text)).Count());

    [Theory]
    [InlineData("sealed class A; static class B; abstract class C; record struct D;", 0)]
    [InlineData("class A; sealed class B : A;", 0)]
    [InlineData("class A;", 1)]
    [InlineData("record A;", 1)]
    public void Unsealed_Classes_FindsThoseWithoutHeirs(string text, int found) =>
        Assert.Equal(found, TidyRules.Unsealed([File(text)]).Count());

    [Theory]
    [InlineData("// TODO: later", 1)]
    [InlineData("// TODO(#12): later", 0)]
    public void TodoWithoutReference_Comment_FindsBareOnes(string text, int found) =>
        Assert.Equal(found, TidyRules.TodoWithoutReference(File(text)).Count());

    [Theory]
    [InlineData("\"/root/x\"", 1)]
    [InlineData("see /home/someone/file", 1)]
    [InlineData("C:\\Users\\someone", 1)]
    [InlineData("a/work/b and https://example.com/root/", 0)]
    [InlineData("<home>/lake", 0)]
    public void MachinePath_Text_FindsAbsoluteOnes(string text, int found) =>
        Assert.Equal(found, TidyRules.MachinePath(File(text)).Count());

    [Fact]
    public void Oversized_AtTheLimit_FindsOnlyMore()
    {
        Assert.Empty(TidyRules.Oversized(new("a", TidyRules.MaximumBytes, null)));
        Assert.Single(TidyRules.Oversized(new("a", TidyRules.MaximumBytes + 1, null)));
    }

    [Fact]
    public void BrokenLink_Links_FindsTheMissing()
    {
        SourceFile page = SourceFile.Of("docs/a.md", "[b](b.md#part) [c](../c.md) [w](https://example.com) [here](#x)");

        Assert.Equal(["docs/a.md: docs/../c.md"], TidyRules.BrokenLink(page, l => l == "docs/b.md"));
    }

    private static SourceFile File(string text) => SourceFile.Of("src/P/Folder/A.cs", text);
}

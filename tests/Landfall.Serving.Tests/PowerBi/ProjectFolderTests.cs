using Landfall.Estate.Types;
using Landfall.Serving.PowerBi;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>Projects are written whole, and in place of unchanged ones alone.</summary>
public sealed class ProjectFolderTests : IDisposable
{
    private static readonly PowerBiProject First =
        PowerBiProject.Of(TestContracts.Named("t", "First"), TestContracts.Address, StorageMode.Import);

    private static readonly PowerBiProject Second = PowerBiProject.Of(
        TestContracts.Of(TestContracts.Table("u", "", TestContracts.Column("c", DataType.Int))), TestContracts.Address,
        StorageMode.Import);

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("landfall-bi-");

    private string Folder => Path.Combine(_parent.FullName, "project");

    private ProjectFolder Project => new(Folder);

    [Fact]
    public void Write_ToAFolderThatIsNotThere_WritesEveryFileAndNothingElse()
    {
        Project.Write(First);

        Assert.Equal(First.Files, Written());
        Assert.Equal(["project"], _parent.EnumerateFileSystemInfos().Select(e => e.Name));
        Assert.Empty(Project.Others());
    }

    [Fact]
    public void Write_WhereFoldersAboveAreMissing_MakesThem()
    {
        string deep = Path.Combine(Folder, "a", "b");

        new ProjectFolder(deep).Write(First);

        Assert.Empty(new ProjectFolder(deep).Others());
        Assert.True(File.Exists(Path.Combine(deep, First.ProjectFile)));
    }

    /// <summary>What cannot be written whole is not written.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_WhereAFileCannotBe_LeavesNothingThatOpens(bool isNew)
    {
        if (!isNew)
        {
            Project.Write(First);
        }

        PowerBiProject wrong = Second with { Files = Second.Files.Add("Unit.pbip/in a file", "") };

        Assert.ThrowsAny<IOException>(() => Project.Write(wrong));
        Assert.Equal(isNew ? [] : ["project"], _parent.EnumerateFileSystemInfos().Select(e => e.Name));
        Assert.Equal(isNew ? [] : First.Files, isNew ? [] : Written());
    }

    [Fact]
    public void Write_AnotherProject_LeavesNothingOfTheOneBefore()
    {
        Project.Write(First);
        Assert.Empty(Project.Others());

        Project.Write(Second);

        Assert.Equal(Second.Files, Written());
    }

    [Fact]
    public void Others_OfAChangedFile_AreIt()
    {
        Project.Write(First);
        File.AppendAllText(Path.Combine(Folder, First.ProjectFile), " ");

        Assert.Equal([First.ProjectFile], Project.Others());
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData(".hidden")]
    [InlineData("First.Report/.pbi/localSettings.json")]
    public void Others_BesideAProject_AreNamedAndStay(string name)
    {
        Project.Write(First);
        string file = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "mine");

        Assert.Equal([name], Project.Others());
    }

    [Fact]
    public void Write_OverAFolderWithOtherFiles_LeavesThem()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "notes.txt"), "mine");

        Project.Write(First);

        Assert.Equal(First.Files.Add("notes.txt", "mine"), Written());
    }

    /// <summary>A link leads elsewhere: what is behind it is not ours to compare or to delete.</summary>
    [Fact]
    public void Write_WhereALinkHasAFoldersName_ReplacesTheLinkAlone()
    {
        string elsewhere = Path.Combine(_parent.FullName, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, "mine.txt"), "mine");
        Directory.CreateDirectory(Folder);
        Directory.CreateSymbolicLink(Path.Combine(Folder, "First.Report"), elsewhere);
        Assert.Equal(["First.Report"], Project.Others());

        Project.Write(First);

        Assert.Equal("mine", File.ReadAllText(Path.Combine(elsewhere, "mine.txt")));
        Assert.Equal(First.Files, Written());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"First.pbip\": 1}")]
    public void Others_WithADamagedRecord_AreAll(string record)
    {
        Project.Write(First);
        File.WriteAllText(Path.Combine(Folder, ".landfall-bi.json"), record);

        Assert.Equal(First.Files.Keys.Order(), Project.Others().Order());
    }

    /// <summary>What is left of a killed process is not taken for a project, and the next one replaces it.</summary>
    [Fact]
    public void Write_AfterACrash_BeginsAnew()
    {
        string left = Path.Combine(_parent.FullName, ".project.landfall-new");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "half"), "");

        Project.Write(First);

        Assert.Equal(First.Files, Written());
        Assert.False(Directory.Exists(left));
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private Dictionary<string, string> Written() => Directory
        .EnumerateFiles(Folder, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None,
        })
        .Where(f => Path.GetFileName(f) != ".landfall-bi.json")
        .ToDictionary(f => Path.GetRelativePath(Folder, f), File.ReadAllText);
}

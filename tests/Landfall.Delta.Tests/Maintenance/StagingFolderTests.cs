using Landfall.Delta.Maintenance;

namespace Landfall.Delta.Tests.Maintenance;

/// <summary>What a killed engine left in its own folder goes, whatever its name; what is others' stays.</summary>
public sealed class StagingFolderTests
{
    private const string Staging = "staging-0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData($"s1/{Staging}/_temporary", true)]
    [InlineData($"s1/{Staging}/_temporary/0", true)]
    [InlineData("s1/staging-x/_temporary", false)]
    [InlineData("_delta_log", false)]
    [InlineData($"_delta_log/{Staging}x", true)]
    public void Enters_HiddenFolder_OnlyInStaging(string folder, bool enters) =>
        Assert.Equal(enters, VacuumRules.Enters(folder));

    [Fact]
    public void NewName_Twice_IsAnotherName() => Assert.NotEqual(StagingFolder.NewName(), StagingFolder.NewName());

    [Fact]
    public void NewName_HoldsWhatIsInIt_AndNotItself()
    {
        string name = StagingFolder.NewName();

        Assert.True(VacuumRules.Enters($"s1/{name}/_temporary"));
        Assert.True(VacuumRules.Enters($"s1/{name}"));
        Assert.False(VacuumRules.Enters($"s1/_{name}"));
    }
}

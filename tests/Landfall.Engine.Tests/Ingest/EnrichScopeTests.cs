using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate.Integrations;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>
/// Which files of the register a table takes in. Entries are <c>batch file content</c>; a table has the batches up to
/// one, or does not exist.
/// </summary>
public sealed class EnrichScopeTests
{
    private static readonly TableReading Rows = new PostgresReading { Relation = "public.t", Cursor = "id" };

    /// <summary>Files a, b, then a with new content, then c.</summary>
    private static readonly string[] Rewritten = ["1 a x", "1 b x", "2 a y", "3 c x"];

    [Theory]
    [InlineData(RewritePolicy.Replace, "1 b x, 2 a y, 3 c x")]
    [InlineData(RewritePolicy.Append, "1 a x, 1 b x, 2 a y, 3 c x")]
    [InlineData(RewritePolicy.Fail, "1 a x, 1 b x, 2 a y, 3 c x")]
    public void Of_AppendedFilesOfANewTable_AreAllThatWereNotReplaced(RewritePolicy policy, string files)
    {
        EnrichScope scope = Of(LoadMode.Append, policy, Rewritten, 0, info: null, rebuild: null);

        Assert.Equal((files, EnrichMode.Append, false, "new"), Parts(scope));
        Assert.Empty(scope.ReplacedSources);
    }

    [Theory]
    [InlineData(RewritePolicy.Replace, "2 a y, 3 c x", "a")]
    [InlineData(RewritePolicy.Append, "2 a y, 3 c x", "")]
    [InlineData(RewritePolicy.Fail, "2 a y, 3 c x", "")]
    public void Of_AppendedFilesOfATable_AreTheNewOnesAndTakeOldRowsOfThePathAway(
        RewritePolicy policy, string files, string replaced)
    {
        EnrichScope scope = Of(LoadMode.Append, policy, Rewritten, 1, [], rebuild: null);

        Assert.Equal((files, EnrichMode.Append, false, "2 new batches"), Parts(scope));
        Assert.Equal(replaced, string.Join(' ', scope.ReplacedSources));
    }

    [Theory]
    [InlineData(RewritePolicy.Replace, "1 b x, 2 a y, 3 c x")]
    [InlineData(RewritePolicy.Append, "1 a x, 1 b x, 2 a y, 3 c x")]
    [InlineData(RewritePolicy.Fail, "1 a x, 1 b x, 2 a y, 3 c x")]
    public void Of_AppendedFilesDerivedAnew_AreAllAgainWhateverTheTableHas(RewritePolicy policy, string files)
    {
        EnrichScope scope = Of(LoadMode.Append, policy, Rewritten, 3, [], "contract changed");

        Assert.Equal((files, EnrichMode.Append, true, "contract changed"), Parts(scope));
        Assert.Empty(scope.ReplacedSources);
    }

    [Fact]
    public void Of_PathRewrittenTwiceSince_TakesTheLastAndNamesThePathOnce()
    {
        EnrichScope scope = Of(
            LoadMode.Append, RewritePolicy.Replace, ["1 a x", "2 a y", "3 a z"], 1, [], rebuild: null);

        Assert.Equal("3 a z", Parts(scope).Files);
        Assert.Equal("a", Assert.Single(scope.ReplacedSources));
    }

    [Fact]
    public void Of_PathNewAndRewrittenSince_TakesNoOldRowsAway()
    {
        EnrichScope scope = Of(
            LoadMode.Append, RewritePolicy.Replace, ["1 a x", "2 b x", "3 b y"], 1, [], rebuild: null);

        Assert.Equal("3 b y", Parts(scope).Files);
        Assert.Empty(scope.ReplacedSources);
    }

    [Theory]
    [InlineData(LoadMode.Append, EnrichMode.Append)]
    [InlineData(LoadMode.Upsert, EnrichMode.Upsert)]
    [InlineData(LoadMode.Snapshot, EnrichMode.Replace)]
    public void Of_NothingLandedSince_TakesNothing(LoadMode mode, EnrichMode expected)
    {
        JsonObject info = new() { ["source"] = EnrichScope.SourceOf(Entry("2 a y")) };

        EnrichScope scope = Of(mode, RewritePolicy.Replace, ["1 a x", "2 a y"], 2, info, rebuild: null);

        Assert.Equal(("", expected, false, "0 new batches"), Parts(scope));
    }

    [Theory]
    [InlineData(LoadMode.Append, EnrichMode.Append)]
    [InlineData(LoadMode.Upsert, EnrichMode.Upsert)]
    [InlineData(LoadMode.Snapshot, EnrichMode.Replace)]
    public void Of_NothingLandedAtAll_TakesNothing(LoadMode mode, EnrichMode expected) => Assert.Equal(
        ("", expected, false, "new"), Parts(Of(mode, RewritePolicy.Replace, [], 0, info: null, rebuild: null)));

    [Theory]
    [InlineData(0, null, "1 a x, 1 b x, 2 a y, 3 c x", false, "new")]
    [InlineData(2, null, "3 c x", false, "1 new batch")]
    [InlineData(3, "code changed", "1 a x, 1 b x, 2 a y, 3 c x", true, "code changed")]
    public void Of_UpsertedRows_NeverNeedTheRewritePolicy(
        long last, string? rebuild, string files, bool anew, string reason)
    {
        foreach (RewritePolicy policy in Enum.GetValues<RewritePolicy>())
        {
            EnrichScope scope = Of(LoadMode.Upsert, policy, Rewritten, last, last == 0 ? null : [], rebuild);

            Assert.Equal((files, EnrichMode.Upsert, anew, reason), Parts(scope));
            Assert.Empty(scope.ReplacedSources);
        }
    }

    [Fact]
    public void Of_Snapshots_TheNewestOfTheSourceIsTheTableAndNotTheLastLanded()
    {
        RegisterEntry[] landed =
            [Entry("1 a x") with { SourceTime = 5 }, Entry("2 b y") with { SourceTime = 9 }, Entry("3 c z")];

        EnrichScope scope = Of(LoadMode.Snapshot, landed, 0, info: null, rebuild: null);

        Assert.Equal(("2 b y", EnrichMode.Replace, false, "new"), Parts(scope));
    }

    [Fact]
    public void Of_SnapshotsOfOneTime_TheLastLandedCounts()
    {
        RegisterEntry[] landed =
            [Entry("2 b y") with { SourceTime = 9 }, Entry("1 a x") with { SourceTime = 9 }];

        Assert.Equal("2 b y", Parts(Of(LoadMode.Snapshot, landed, 0, info: null, rebuild: null)).Files);
    }

    [Theory]
    [InlineData("1 a x", null, "2 b y")]
    [InlineData("2 b y", null, "")]
    [InlineData("1 a y", null, "")]
    [InlineData("2 b y", "contract changed", "2 b y")]
    [InlineData(null, null, "2 b y")]
    public void Of_SnapshotThatTheTableHasOrEquals_IsTakenOnlyToDeriveAnew(string? had, string? rebuild, string files)
    {
        RegisterEntry[] landed = [Entry("1 a x") with { SourceTime = 1 }, Entry("2 b y") with { SourceTime = 2 }];
        JsonObject info = had is null ? [] : new() { ["source"] = EnrichScope.SourceOf(Entry(had)) };

        EnrichScope scope = Of(LoadMode.Snapshot, landed, 1, info, rebuild);

        Assert.Equal((files, EnrichMode.Replace, rebuild is not null), (Parts(scope).Files, scope.Mode, scope.Rebuild));
    }

    [Theory]
    [InlineData("1 r x, 1 s x", 0, false, EnrichMode.Append)]
    [InlineData("1 r x, 2 r y", 0, false, EnrichMode.Difference)]
    [InlineData("1 r x, 2 r y", 2, true, EnrichMode.Difference)]
    [InlineData("1 r x", 1, true, EnrichMode.Append)]
    [InlineData("1 r x, 2 r y", 1, false, EnrichMode.Difference)]
    public void Of_RowsByCursor_AreComparedUnlessOneBatchIsAll(string landed, long last, bool anew, EnrichMode expected)
    {
        EnrichScope scope = EnrichScope.Of(
            Table(LoadMode.Append, RewritePolicy.Replace) with { Reading = Rows },
            [.. landed.Split(", ").Select(Entry)], last, last == 0 ? null : [], anew ? "code changed" : null);

        Assert.Equal(expected, scope.Mode);
        Assert.Empty(scope.ReplacedSources);
    }

    [Fact]
    public void SourceOf_File_IsWhatTablesHoldOfIt() => Assert.Equal(
        """{"path":"2/a","sha256":"y","time":7}""",
        EnrichScope.SourceOf(Entry("2 a y") with { SourceTime = 7 }).ToJsonString());

    private static EnrichScope Of(
        LoadMode mode, RewritePolicy policy, string[] landed, long last, JsonObject? info, string? rebuild) =>
        EnrichScope.Of(Table(mode, policy), [.. landed.Select(Entry)], last, info, rebuild);

    private static EnrichScope Of(
        LoadMode mode, RegisterEntry[] landed, long last, JsonObject? info, string? rebuild) =>
        EnrichScope.Of(Table(mode, RewritePolicy.Replace), [.. landed], last, info, rebuild);

    private static (string Files, EnrichMode Mode, bool Rebuild, string Reason) Parts(EnrichScope scope) => (
        string.Join(", ", scope.Files.Select(f => $"{f.Batch} {f.File} {f.Sha256}")), scope.Mode, scope.Rebuild,
        scope.Reason);

    private static IntegrationTable Table(LoadMode mode, RewritePolicy policy) =>
        new() { Name = "t", Mode = mode, Reading = TestEstates.Files(policy) };

    private static RegisterEntry Entry(string text)
    {
        string[] parts = text.Split(' ');
        long batch = long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        return new()
        {
            Batch = batch, Table = "t", File = parts[1], Path = $"{batch}/{parts[1]}", Sha256 = parts[2], Size = 1,
            Modified = 0, SourceTime = 0, LandedAt = 0,
        };
    }
}

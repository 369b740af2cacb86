using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Build;
using Landfall.Engine.Lakes;
using Landfall.Engine.Tests.Lakes;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Products;
using Landfall.Estate.Types;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Tests.Build;

/// <summary>Whether and how a table is built anew, by what its lake says; no row is read.</summary>
public sealed class BuildAssessorTests : IDisposable
{
    private const string A = "z.src.a";
    private const string B = "z.src.b";
    private const string Target = "z.p.t";

    private readonly SmallHome _home = new(Estate());

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Assess_InputWithoutData_IsRefusedAndSaysWhatBringsIt()
    {
        await _home.AppendAsync(A, "a1");

        LandfallException refusal = await Assert.ThrowsAsync<LandfallException>(() => AssessAsync());

        Assert.Equal("LF4011", refusal.Code);
        Assert.Contains("z.p.t reads z.src.b, which has no data yet", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--select +p", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assess_NoTableYet_IsBuiltWholeOfTheNewestInputs()
    {
        await _home.AppendAsync(A, "a1");
        await _home.AppendAsync(A, "a2");
        await _home.AppendAsync(B, "b1");

        BuildAssessment assessment = await AssessAsync();

        Assert.Equal((BuildMode.Full, "new", true), Parts(assessment));
        Assert.Null(assessment.Current);
        Assert.Equal([(A, 1L), (B, 0L)], assessment.Inputs.Select(i => (i.Key.ToString(), i.Value.Version)));
    }

    [Fact]
    public async Task Assess_NothingChanged_IsUpToDate()
    {
        await BuildAsync();

        BuildAssessment assessment = await AssessAsync();

        Assert.Equal((BuildMode.UpToDate, "up to date", false), Parts(assessment));
        Assert.Equal(0, assessment.Current!.Version);
        Assert.False(assessment.RecordsContract);
        Assert.Empty(assessment.Changes);
    }

    [Fact]
    public async Task Assess_FullRefreshAskedFor_IsBuiltWhole()
    {
        await BuildAsync();

        Assert.Equal((BuildMode.Full, "full refresh asked for", true), Parts(await AssessAsync(fullRefresh: true)));
    }

    [Fact]
    public async Task Assess_TableOfAnotherWriter_IsBuiltWhole()
    {
        await _home.AppendAsync(A, "a1");
        await _home.AppendAsync(B, "b1");
        await _home.AppendAsync(Target, "t1");

        Assert.Equal((BuildMode.Full, "its last build left no record", true), Parts(await AssessAsync()));
    }

    [Theory]
    [InlineData("code 1", null, BuildMode.UpToDate)]
    [InlineData("code 2", null, BuildMode.Full)]
    [InlineData("code 2", "code 1", BuildMode.UpToDate)]
    [InlineData("code 2", "code 0", BuildMode.Full)]
    public async Task Assess_Code_IsTheRecordedOneByEitherFingerprint(string code, string? legacy, BuildMode expected)
    {
        await BuildAsync();

        BuildAssessment assessment =
            await AssessAsync(Model() with { CodeFingerprint = code, LegacyFingerprint = legacy });

        Assert.Equal(expected, assessment.Mode);
        Assert.Equal(expected == BuildMode.Full ? "code changed" : "up to date", assessment.Reason);
        Assert.Equal(expected == BuildMode.Full, assessment.IsAnew);
    }

    [Fact]
    public async Task Assess_ContractOfARecordOfNoWords_IsBuiltWhole()
    {
        await BuildAsync();

        Assert.Equal(
            (BuildMode.Full, "contract changed", true),
            Parts(await AssessAsync(Model() with { ContractFingerprint = "another" })));
    }

    [Fact]
    public async Task Assess_ContractWithAnotherColumn_IsBuiltWhole()
    {
        await BuildAsync();
        _home.Declare(Estate("1.1.0", TestEstates.Column("extra", DataType.String)));

        Assert.Equal(
            (BuildMode.Full, "contract 1.0.0 to 1.1.0: column 'extra' added", true), Parts(await AssessAsync()));
    }

    [Theory]
    [InlineData("1.1.0", "LF4246")]
    [InlineData("0.9.0", "LF4247")]
    public async Task Assess_ContractThatMayNotChangeSo_IsRefused(string version, string code)
    {
        await BuildAsync();
        _home.Declare(Estate(version, TestEstates.Column("extra", DataType.String) with { Required = true }));

        LandfallException refusal = await Assert.ThrowsAsync<LandfallException>(() => AssessAsync());

        Assert.Equal(code, refusal.Code);
        Assert.Contains("The table is as it was.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assess_OnlyWordsOfTheContractChanged_RecordsThemAndBuildsNothing()
    {
        await BuildAsync();
        _home.Declare(Estate("1.0.1", description: "What it is."));

        BuildAssessment assessment = await AssessAsync();

        Assert.Equal(
            (BuildMode.UpToDate, "contract 1.0.0 to 1.0.1: description of the table changed; no row changes", false),
            Parts(assessment));
        Assert.True(assessment.RecordsContract);
        Assert.Equal("code 1", (string?)assessment.Info!["code"]);
    }

    [Fact]
    public async Task Assess_WordsOfTheContractAndAnInputChanged_BuildsWhichRecordsThemToo()
    {
        await BuildAsync();
        await _home.AppendAsync(A, "a2");
        _home.Declare(Estate("1.0.1", description: "What it is."));

        BuildAssessment assessment = await AssessAsync();

        Assert.Equal((BuildMode.Full, "input changed: z.src.a v0 to v1", false), Parts(assessment));
        Assert.False(assessment.RecordsContract);
    }

    [Fact]
    public async Task Assess_InputsChanged_AreNamedWithTheirFiles()
    {
        await BuildAsync();
        Snapshot before = (await _home.LoadAsync(B))!;
        await _home.AppendAsync(A, "a2");
        await _home.CommitAsync(B, t =>
        {
            t.Remove(before.Files[0]);
            t.Add(_home.Add(B, "b2"));
        });

        BuildAssessment assessment = await AssessAsync();

        Assert.Equal(
            (BuildMode.Full, "input changed: z.src.a v0 to v1, z.src.b v0 to v1", false), Parts(assessment));
        Assert.Equal(["+a2", "+b2 -b1"], assessment.Changes.Select(Text));
    }

    [Fact]
    public async Task Assess_InputWasOnlyRearranged_IsUpToDate()
    {
        await BuildAsync();
        Snapshot before = (await _home.LoadAsync(A))!;
        await _home.CommitAsync(A, t =>
        {
            t.Remove(before.Files[0], dataChange: false);
            t.Add(_home.Add(A, "joined", dataChange: false));
        });

        Assert.Equal((BuildMode.UpToDate, "up to date", false), Parts(await AssessAsync()));
    }

    [Fact]
    public async Task Assess_PinnedInput_IsReadThereWhateverCameSince()
    {
        await BuildAsync();
        await _home.AppendAsync(A, "a2");
        Dictionary<TableName, long> pins = new() { [SmallHome.Name(A)] = 0 };

        BuildAssessment assessment = await AssessAsync(pins: pins);

        Assert.Equal(BuildMode.UpToDate, assessment.Mode);
        Assert.Equal(0, assessment.Inputs[SmallHome.Name(A)].Version);
    }

    [Theory]
    [InlineData(true, false, BuildMode.Incremental, "input changed: z.src.a v0 to v1")]
    [InlineData(false, true, BuildMode.Full, "z.src.b changed and is not among the incremental inputs")]
    [InlineData(true, true, BuildMode.Full, "z.src.b changed and is not among the incremental inputs")]
    [InlineData(false, false, BuildMode.UpToDate, "up to date")]
    public async Task Assess_IncrementalRule_HoldsForItsInputsAlone(bool a, bool b, BuildMode mode, string reason)
    {
        BuildDefinition definition = Incremental();
        await BuildAsync(definition);
        if (a)
        {
            await _home.AppendAsync(A, "a2");
        }

        if (b)
        {
            await _home.AppendAsync(B, "b2");
        }

        Assert.Equal((mode, reason, mode == BuildMode.Full), Parts(await AssessAsync(definition)));
    }

    [Theory]
    [InlineData(true, BuildMode.Full, "z.src.a lost files that changed since v0: vacuum deleted them")]
    [InlineData(false, BuildMode.Full, "input changed: z.src.a v0 to v1")]
    public async Task Assess_ReplacedFileWasVacuumed_MattersToAnIncrementalBuildAlone(
        bool incremental, BuildMode mode, string reason)
    {
        BuildDefinition definition = incremental ? Incremental() : Model();
        await BuildAsync(definition);
        Snapshot before = (await _home.LoadAsync(A))!;
        await _home.CommitAsync(A, t =>
        {
            t.Remove(before.Files[0]);
            t.Add(_home.Add(A, "a2"));
        });
        File.Delete(Path.Combine(_home.FolderOf(A), "a1"));

        Assert.Equal((mode, reason, incremental), Parts(await AssessAsync(definition)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Assess_InputWasMadeAnew_IsBuiltWhole(bool incremental)
    {
        BuildDefinition definition = incremental ? Incremental() : Model();
        await BuildAsync(definition);
        Directory.Delete(_home.FolderOf(A), recursive: true);
        await _home.AppendAsync(A, "a1");

        Assert.Equal((BuildMode.Full, "z.src.a was made anew", true), Parts(await AssessAsync(definition)));
    }

    [Fact]
    public async Task Assess_InputWentBackBehindItsPin_IsBuiltWhole()
    {
        await _home.AppendAsync(A, "a1");
        await _home.AppendAsync(A, "a2");
        await BuildAsync();
        foreach (string newest in Directory.GetFiles(Path.Combine(_home.FolderOf(A), "_delta_log"), $"{1:D20}.*"))
        {
            File.Delete(newest);
        }

        Assert.Equal((BuildMode.Full, "z.src.a was made anew", true), Parts(await AssessAsync()));
    }

    [Fact]
    public async Task Assess_InputThatTheRecordDoesNotKnow_IsBuiltWhole()
    {
        await BuildAsync(Model() with { Reads = [SmallHome.Name(A)] });

        Assert.Equal((BuildMode.Full, "z.src.b was made anew", true), Parts(await AssessAsync()));
    }

    [Fact]
    public async Task Assess_InputHadOtherColumns_IsBuiltWhole()
    {
        await BuildAsync(change: info => info["inputs"]![A]!["columns"] = "others");

        Assert.Equal((BuildMode.Full, "z.src.a has other columns", true), Parts(await AssessAsync()));
    }

    [Fact]
    public async Task Assess_RecordOfAVersionThatKeptNoColumns_IsUpToDate()
    {
        await BuildAsync(change: info => info["inputs"]![A]!.AsObject().Remove("columns"));

        Assert.Equal(BuildMode.UpToDate, (await AssessAsync()).Mode);
    }

    [Fact]
    public async Task Assess_LogOfAnInputWasCleanedUp_IsBuiltWhole()
    {
        await BuildAsync();
        await _home.AppendAsync(A, "a2");
        Snapshot newest = await _home.AppendAsync(A, "a3");
        await _home.Session.Open(_home.Table(A)).CheckpointAsync(newest, SmallHome.None);
        foreach (long old in new[] { 0, 1 })
        {
            File.Delete(Path.Combine(_home.FolderOf(A), "_delta_log", $"{old:D20}.json"));
        }

        Assert.Equal(
            (BuildMode.Full, "z.src.a no longer says what changed since v0: its log was cleaned up", true),
            Parts(await AssessAsync()));
    }

    [Fact]
    public async Task Assess_InputHasNotTheColumnsOfItsContractYet_IsRefused()
    {
        await BuildAsync();
        _home.Declare(Estate(input: [TestEstates.Column("more", DataType.String)]));

        LandfallException refusal = await Assert.ThrowsAsync<LandfallException>(() => AssessAsync());

        Assert.Equal("LF4248", refusal.Code);
        Assert.Contains("z.src.a", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("column 'more' added", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsOf_NamesAndTypes_AreWhatRecordsHold()
    {
        TableSchema schema = new([new("id", DataType.BigInt), new("name", DataType.String)]);

        string[] hashes =
        [
            .. new[]
            {
                schema, new([schema.Fields[1], schema.Fields[0]]),
                new([new("id", DataType.String), new("name", DataType.String)]),
                new([new("it", DataType.BigInt), new("name", DataType.String)]),
            }.Select(s => BuildAssessor.ColumnsOf(SnapshotOf(s))),
        ];

        Assert.Equal("497ce380b3110ce7341ac38efb9f052d", hashes[0]);
        Assert.Equal(4, hashes.Distinct().Count());
    }

    /// <summary>A snapshot of a table of these columns.</summary>
    private static Snapshot SnapshotOf(TableSchema schema)
    {
        InMemoryLogStore log = new();
        Transaction transaction =
            new DeltaTable(log, new InMemoryParquetIo(log), TimeProvider.System).Begin(null, "CREATE TABLE");
        transaction.SetSchema(schema, []);
        return ((Committed)transaction.CommitAsync(SmallHome.None).GetAwaiter().GetResult()).Snapshot;
    }

    private static EstateDefinition Estate(
        string version = "1.0.0", ContractColumn? extra = null, string description = "",
        params ContractColumn[] input)
    {
        ContractColumn id = TestEstates.Column("id", DataType.BigInt);
        ContractTable t =
            TestEstates.Table("t", extra is null ? [id] : [id, extra]) with { Description = description };
        Product product = TestEstates.Product("z", "p", t);
        return TestEstates.Of(TestEstates.Zone(
            "z", [TestEstates.Integration("z", "src", TestEstates.Table("a", [id, .. input]), TestEstates.Table("b"))],
            product with { Contract = product.Contract with { Version = version } }));
    }

    private static (BuildMode Mode, string Reason, bool IsAnew) Parts(BuildAssessment assessment) =>
        (assessment.Mode, assessment.Reason, assessment.IsAnew);

    private static string Text(BuildChange change) => string.Join(
        ' ', change.Added.Select(f => "+" + f.Path).Concat(change.Removed.Select(f => "-" + f.Path)));

    private BuildDefinition Model()
    {
        Product product = _home.Session.Estate.Zones[0].Products[0];
        CatalogTable table = _home.Table(Target);
        return new()
        {
            Table = table, Product = product, Source = product.Tables[0],
            Reads = [SmallHome.Name(A), SmallHome.Name(B)], Query = "", Rule = null, CodeFingerprint = "code 1",
            ContractFingerprint = table.Table.Fingerprint(),
        };
    }

    private BuildDefinition Incremental() => Model() with
    {
        Rule = new("id", ImmutableSortedDictionary<TableName, string>.Empty.Add(SmallHome.Name(A), "id")),
    };

    private Task<BuildAssessment> AssessAsync(
        BuildDefinition? definition = null, bool fullRefresh = false, Dictionary<TableName, long>? pins = null) =>
        new BuildAssessor(_home.Session.Lake, _home.Session.Catalog)
            .AssessAsync(definition ?? Model(), pins ?? [], fullRefresh, SmallHome.None);

    /// <summary>Makes inputs where there are none, and the table with the record that builds leave.</summary>
    private async Task BuildAsync(BuildDefinition? definition = null, Action<JsonObject>? change = null)
    {
        definition ??= Model();
        foreach ((string input, string file) in new[] { (A, "a1"), (B, "b1") })
        {
            if (await _home.LoadAsync(input) is null)
            {
                await _home.AppendAsync(input, file);
            }
        }

        JsonObject info = new()
        {
            ["inputs"] = new JsonObject((await AssessAsync(definition)).Inputs.Select(i => KeyValuePair.Create(
                i.Key.ToString(),
                (JsonNode?)new JsonObject
                {
                    ["version"] = i.Value.Version,
                    ["id"] = i.Value.Metadata.Id,
                    ["columns"] = BuildAssessor.ColumnsOf(i.Value),
                }))),
            ["code"] = definition.CodeFingerprint,
            ["contract"] = definition.ContractFingerprint,
        };
        change?.Invoke(info);
        await _home.CommitAsync(Target, t => t.Add(_home.Add(Target, "t1")), info);
    }
}

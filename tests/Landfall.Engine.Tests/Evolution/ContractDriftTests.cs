using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Evolution;
using Landfall.Engine.Tests.Lakes;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Products;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Evolution;

/// <summary>What became of contracts between a lake and the estate that is declared over it.</summary>
public sealed class ContractDriftTests : IDisposable
{
    private const string Table = "z.p.t";

    private static readonly ContractColumn Id = TestEstates.Column("id", DataType.BigInt);

    private readonly SmallHome _home = new(Estate("1.2.0", TestEstates.Table("t", Id)));

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Of_TheContractAsItWas_IsNoDrift()
    {
        ContractDrift drift = await DriftAsync("1.2.0", TestEstates.Table("t", Id));

        Assert.Equal(("1.2.0", "1.2.0"), (drift.Recorded, drift.Declared));
        Assert.Equal((false, false, false), (drift.IsOutdated, drift.Rebuilds, drift.IsBreaking));
        Assert.Null(Problem(drift));
        Assert.Empty(await ReadAsync());
    }

    [Theory]
    [InlineData("1.2.0", "described", "contract 1.2.0: description of the table changed", false, false)]
    [InlineData("1.3.0", "none", "contract 1.2.0 to 1.3.0: nothing but the version changed", false, false)]
    [InlineData("1.2.1", "added", "contract 1.2.0 to 1.2.1: column 'more' added", true, false)]
    [InlineData(
        "2.0.0", "typed", "contract 1.2.0 to 2.0.0: type of column 'id' changed from bigint to string", true, true)]
    [InlineData("2.0.0", "gone", "contract 1.2.0 to 2.0.0: column 'id' removed", true, true, "column 'of' added; ")]
    public async Task Of_ContractThatMayChangeSo_SaysHow(
        string version, string change, string text, bool rebuilds, bool breaking, string before = "")
    {
        ContractDrift drift = await DriftAsync(version, Changed(change));

        Assert.Equal(text.Replace(": column 'id'", $": {before}column 'id'", StringComparison.Ordinal), drift.Text);
        Assert.Equal((true, rebuilds, breaking), (drift.IsOutdated, drift.Rebuilds, drift.IsBreaking));
        Assert.Null(Problem(drift));
        drift.RequirePermitted();
        Assert.Equal(drift.Text, Assert.Single(await ReadAsync()).Text);
    }

    [Theory]
    [InlineData("1.2.0", "typed", "LF4246", "Set version: 2.0.0")]
    [InlineData("1.9.0", "gone", "LF4246", "Set version: 2.0.0")]
    [InlineData("1.1.9", "none", "LF4247", "Set version: 2.0.0")]
    [InlineData("0.9.0", "typed", "LF4247", "Set version: 2.0.0")]
    public async Task Of_ContractThatMayNotChangeSo_IsRefusedAtItsVersion(
        string version, string change, string code, string hint)
    {
        ContractDrift drift = await DriftAsync(version, Changed(change));

        Diagnostic problem = Problem(drift)!;
        Assert.Equal((code, Severity.Error, 12), (problem.Code, problem.Severity, problem.Location.Line));
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
        Assert.StartsWith(
            code == "LF4246"
                ? $"The contract of z.p.t breaks its readers, and its version {version} does not say so: "
                : $"The contract of z.p.t went down from version 1.2.0 to {version}.",
            problem.Message, StringComparison.Ordinal);
        Assert.Equal(code == "LF4246", problem.Message.Contains("column 'id'", StringComparison.Ordinal));
        LandfallException refusal = Assert.Throws<LandfallException>(drift.RequirePermitted);
        Assert.Equal(code, refusal.Code);
        Assert.Contains("The table is as it was.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            code, Assert.Single(await new DriftReader(_home.Session).DiagnoseAsync(SmallHome.None)).Code);
    }

    [Fact]
    public async Task Of_TableWithoutRecord_IsOutdatedAndNoProblem()
    {
        await _home.CommitAsync(Table, t => t.SetProperty(RecordedContract.Property, null));

        ContractDrift drift = ContractDrift.Of(_home.Table(Table), (await _home.LoadAsync(Table))!);

        Assert.Equal("contract 1.2.0 is not on record", drift.Text);
        Assert.Equal((null, true, false), (drift.Recorded, drift.IsOutdated, drift.Rebuilds));
        Assert.Null(Problem(drift));
        Assert.Empty(await ReadAsync());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"version":"1.0.0","schema":{"type":"struct"}}""")]
    public async Task Of_RecordThatCannotBeRead_IsLikeNone(string text)
    {
        await _home.CommitAsync(Table, t => t.SetProperty(RecordedContract.Property, text));

        Assert.Null(ContractDrift.Of(_home.Table(Table), (await _home.LoadAsync(Table))!).Recorded);
    }

    [Theory]
    [InlineData("1.9.0", "LF4246")]
    [InlineData("2.0.0", null)]
    public async Task Diagnose_TableLeftTheContract_NeedsAMajorVersion(string version, string? code)
    {
        await _home.AppendAsync(Table, "f");
        _home.Declare(Estate(version, TestEstates.Table("another", Id)));

        Diagnostic[] found = [.. await new DriftReader(_home.Session).DiagnoseAsync(SmallHome.None)];

        Assert.Equal(code is null ? [] : [code], found.Select(d => d.Code));
        Assert.All(found, d => Assert.Contains("no longer has the table z.p.t", d.Message, StringComparison.Ordinal));
        Assert.All(found, d => Assert.Equal(
            (12, "The lake has it at version 1.2.0. Set version: 2.0.0, or take the change back."),
            (d.Location.Line, d.Hint)));
    }

    [Fact]
    public async Task Diagnose_TableLeftTheContractOfAnIntegration_NeedsAMajorVersion()
    {
        ContractTable kept = TestEstates.Table("kept");
        _home.Declare(TestEstates.Of(TestEstates.Zone(
            "z", [TestEstates.Integration("z", "src", kept, TestEstates.Table("left"))])));
        await _home.AppendAsync("z.src.left", "f");
        await _home.AppendAsync("z.src.kept", "f");
        _home.Declare(TestEstates.Of(TestEstates.Zone("z", [TestEstates.Integration("z", "src", kept)])));

        Diagnostic found = Assert.Single(await new DriftReader(_home.Session).DiagnoseAsync(SmallHome.None));

        Assert.Equal("LF4246", found.Code);
        Assert.Contains("no longer has the table z.src.left", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("described", 0)]
    [InlineData("added", 0)]
    [InlineData("typed", 2)]
    public async Task Plan_Change_NamesOtherZonesWhereItBreaks(string change, int consumers)
    {
        await _home.AppendAsync(Table, "f");
        _home.Declare(Estate("2.0.0", Changed(change)));
        Dictionary<TableName, ImmutableArray<TableName>> reads = new()
        {
            [SmallHome.Name("y.reader.u")] = [SmallHome.Name(Table)],
            [SmallHome.Name("z.own.v")] = [SmallHome.Name(Table)],
        };

        PlannedContract planned =
            Assert.Single(await new DriftReader(_home.Session).PlanAsync(reads, SmallHome.None));

        Assert.Equal(Table, planned.Drift.Table.Name.ToString());
        Consumer[] all =
        [
            new("y", "asker", "asker-team", "agreement asks"), new("y", "reader", "reader-team", "read by u"),
        ];
        Assert.Equal(all[..consumers], planned.Consumers.ToArray());
    }

    private static EstateDefinition Estate(string version, ContractTable table)
    {
        Product product = TestEstates.Product("z", "p", table);
        Zone provider = TestEstates.Zone(
            "z", [], product with { Contract = product.Contract with { Version = version } },
            TestEstates.Product("z", "own", TestEstates.Table("v"))) with
        {
            Agreements =
            [
                new()
                {
                    Id = "asks", Status = "requested", Purpose = "", ProviderZone = "z", ProviderUnit = "p",
                    ProviderTable = "t", ConsumerZone = "y", ConsumerProduct = "asker", Start = null, End = null,
                    SignedBy = null, File = "asks.oaas.yaml",
                },
            ],
        };
        Zone consumer = TestEstates.Zone(
            "y", [], TestEstates.Product("y", "reader", TestEstates.Table("u")),
            TestEstates.Product("y", "asker", TestEstates.Table("w")),
            TestEstates.Product("y", "stranger", TestEstates.Table("x")));
        return TestEstates.Of(consumer, provider) with
        {
            Sources = new(new Dictionary<string, SourceLocation>
            {
                ["zone:z/product:p/contract/version"] = new("contract.odcs.yaml", 12, 1),
            }),
        };
    }

    private static ContractTable Changed(string change) => change switch
    {
        "described" => TestEstates.Table("t", Id) with { Description = "What it is." },
        "added" => TestEstates.Table("t", Id, TestEstates.Column("more", DataType.String)),
        "typed" => TestEstates.Table("t", Id with { Type = DataType.String }),
        "gone" => TestEstates.Table("t", TestEstates.Column("of", DataType.String)),
        _ => TestEstates.Table("t", Id),
    };

    private Diagnostic? Problem(ContractDrift drift) => drift.Problem(_home.Session.Estate.Sources);

    private async Task<ContractDrift[]> ReadAsync() =>
        [.. await new DriftReader(_home.Session).ReadAsync(SmallHome.None)];

    /// <summary>Makes the table under the first contract and holds it against another.</summary>
    private async Task<ContractDrift> DriftAsync(string version, ContractTable table)
    {
        await _home.AppendAsync(Table, "f");
        _home.Declare(Estate(version, table));
        Snapshot snapshot = (await _home.LoadAsync(Table))!;
        return ContractDrift.Of(_home.Table(Table), snapshot);
    }
}

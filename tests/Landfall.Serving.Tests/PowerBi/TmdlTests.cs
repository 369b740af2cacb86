using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Serving.PowerBi;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>A model that is read back says what the contract says, whatever its names are.</summary>
public sealed class TmdlTests
{
    public static TheoryData<string> Hostile => HostileNames.All;

    public static TheoryData<string> Broken => HostileNames.Broken;

    public static TheoryData<string> Units => ServedEstate.Names;

    [Theory]
    [MemberData(nameof(Units))]
    public void Model_OfTheShippedEstate_HasWhatItsContractHas(string unit) => AssertModel(ServedEstate.Units[unit]);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Model_OfAnyNames_HasWhatItsContractHas(string name) => AssertModel(TestContracts.Named(name, name));

    /// <summary>Names of columns have no such characters; titles, descriptions and measures may.</summary>
    [Theory]
    [MemberData(nameof(Broken))]
    public void Model_OfTextsWithLineEnds_HasThemAsBlanks(string text) => AssertModel(TestContracts.Named("t", text));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Source_OfAnyNames_AsksForTheTablesColumns(string name)
    {
        TmdlObject table = Tables(TestContracts.ModelFiles(TestContracts.Named(name, "x"))).Single(t => t.Name == name);

        CodeToken[] texts =
            [.. CodeToken.OfM(table.Of("partition").Single().Properties["source"]).Where(t => t.Kind == 's')];

        Assert.Equal([name, name, name], texts.Select(t => t.Text));
    }

    [Theory]
    [InlineData("billing", "a\"b")]
    [InlineData("#(lf)", "x\ny")]
    public void Parameters_OfAnyAddress_AreTexts(string database, string host)
    {
        IEnumerable<string> texts = new TmdlFiles(
            TestContracts.Named("t", "t"), SemanticModel.Of(TestContracts.Named("t", "t").Contract),
            new(host, 1, database), StorageMode.Import)
            .All().Where(f => f.Path == "expressions.tmdl").SelectMany(f => TmdlReader.Read(f.Text))
            .Select(e => CodeToken.OfM(e.Expression)[0].Text);

        Assert.Equal([$"{host}:1", database], texts);
    }

    [Theory]
    [InlineData(StorageMode.Import, "import")]
    [InlineData(StorageMode.DirectQuery, "directQuery")]
    public void Partition_Mode_IsAsAsked(StorageMode mode, string word) => Assert.All(
        Tables(TestContracts.ModelFiles(TestContracts.Named("t", "t"), mode)),
        t => Assert.Equal(word, t.Of("partition").Single().Properties["mode"]));

    [Theory]
    [InlineData("int", "int64")]
    [InlineData("bigint", "int64")]
    [InlineData("decimal(18,4)", "decimal")]
    [InlineData("decimal(18,5)", "double")]
    [InlineData("double", "double")]
    [InlineData("string", "string")]
    [InlineData("boolean", "boolean")]
    [InlineData("date", "dateTime")]
    [InlineData("timestamp", "dateTime")]
    [InlineData("binary", "binary")]
    public void Column_OfAType_HasTheModelsType(string type, string expected)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));
        BiUnit unit = TestContracts.Of(TestContracts.Table("t", "", TestContracts.Column("c", parsed)));

        Assert.Equal(expected, Column(unit).Properties["dataType"]);
    }

    [Fact]
    public void Column_OfNestedValues_IsText() => Assert.Equal(
        "string",
        Column(TestContracts.Of(TestContracts.Table(
            "t", "", TestContracts.Column("c", DataType.Array(DataType.Int))))).Properties["dataType"]);

    [Theory]
    [InlineData("string", "a\"b", "\"a\"\"b\"")]
    [InlineData("string", "a\nb", "\"a\" & UNICHAR(10) & \"b\"")]
    [InlineData("int", "-7", "-7")]
    [InlineData("boolean", "true", "TRUE()")]
    [InlineData("date", "2026-01-31", "DATE(2026, 1, 31)")]
    public void Measure_WithACondition_KeepsTheFilterOfTheVisual(string type, string value, string literal)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));
        ContractMeasure measure = new()
        {
            Name = "m", Aggregate = MeasureAggregate.Count, Where = [new("c", value)],
        };

        string expression = Dax.Aggregate("t", measure, [TestContracts.Column("c", parsed)]);

        Assert.Equal($"CALCULATE(COUNTROWS('t'), KEEPFILTERS('t'[c] = {literal}))", expression);
        Assert.NotEmpty(CodeToken.OfDax(expression));
    }

    [Theory]
    [InlineData(MeasureAggregate.Sum, "SUM")]
    [InlineData(MeasureAggregate.Min, "MIN")]
    [InlineData(MeasureAggregate.Max, "MAX")]
    [InlineData(MeasureAggregate.Average, "AVERAGE")]
    [InlineData(MeasureAggregate.Count, "COUNTA")]
    [InlineData(MeasureAggregate.CountDistinct, "DISTINCTCOUNTNOBLANK")]
    public void Measure_OfAColumn_IsItsFunction(MeasureAggregate aggregate, string function) => Assert.Equal(
        $"{function}('t'[c])",
        Dax.Aggregate("t", new() { Name = "m", Aggregate = aggregate, Column = "c" }, []));

    [Fact]
    public void Parameters_BesideATableOfTheirName_HaveAnother()
    {
        BiUnit unit = TestContracts.Of(TestContracts.Table("server", "", TestContracts.Column("c", DataType.Int)));

        Assert.Contains(
            TmdlReader.Read(TestContracts.ModelFiles(unit)["expressions.tmdl"]), e => e.Name == "ServerParameter");
    }

    /// <summary>The reader refuses what a writer without escapes would write.</summary>
    [Theory]
    [InlineData("table O'Brien\n")]
    [InlineData("table two words\n")]
    [InlineData("table 'it's'\n")]
    [InlineData("table t\n\tcolumn a.b\n")]
    [InlineData("table t\n\tmeasure m\nx = 1\n")]
    [InlineData("table t\n\tmeasure m\n")]
    [InlineData("/// two\nlines\ntable t\n")]
    [InlineData("table t\n\tcolumn c\n\t\tformatString: \"a\"b\"\n")]
    [InlineData("table t\n\tcolumn c\n\t\tformatString: say \"x\"\n")]
    [InlineData("table t\n    column c\n")]
    [InlineData("column c\n")]
    [InlineData("table t\r\n")]
    public void Reader_OfTextWithoutEscapes_Refuses(string text) =>
        Assert.Throws<FormatException>(() => TmdlReader.Read(text));

    [Theory]
    [InlineData("SUM('it's'[c])")]
    [InlineData("[a]b]")]
    [InlineData("\"a\"b\"c")]
    [InlineData("SUM('t'[c]) // x")]
    public void Tokens_OfCodeWithoutEscapes_AreOthersOrRefused(string code)
    {
        string[] wrong = ["it's", "a]b", "a\"b\"c"];
        List<CodeToken> tokens = [];
        Exception? refused = Record.Exception(() => tokens = CodeToken.OfDax(code));

        Assert.True(refused is FormatException || !tokens.Any(t => wrong.Contains(t.Text)));
    }

    private static TmdlObject Column(BiUnit unit) =>
        Tables(TestContracts.ModelFiles(unit)).Single().Of("column").Single();

    private static List<TmdlObject> Tables(Dictionary<string, string> files) =>
    [
        .. files.Where(f => f.Key.StartsWith("tables/", StringComparison.Ordinal))
            .SelectMany(f => TmdlReader.Read(f.Value)),
    ];

    private static void AssertModel(BiUnit unit)
    {
        Dictionary<string, string> files = TestContracts.ModelFiles(unit);
        List<TmdlObject> tables = Tables(files);
        SemanticModel model = SemanticModel.Of(unit.Contract);

        Assert.Equal(
            model.Tables.Select(t => t.Name).Order(StringComparer.Ordinal),
            tables.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            model.Tables.Select(t => t.Name),
            TmdlReader.Read(files["model.tmdl"]).Where(o => o.Keyword == "ref table").Select(o => o.Name));
        Assert.All(tables, t => AssertTable(unit, unit.Contract.Tables.Single(c => c.Name == t.Name), t));
        AssertRelationships(unit, files.GetValueOrDefault("relationships.tmdl"));
    }

    private static void AssertTable(BiUnit unit, ContractTable contract, TmdlObject table)
    {
        ContractColumn[] columns =
            [.. contract.Columns.Where(c => c.Classification is not ("personal" or "restricted"))];
        Assert.Equal(columns.Select(c => c.Name), table.Of("column").Select(c => c.Name));
        Assert.Equal(columns.Select(c => c.Name), table.Of("column").Select(c => c.Properties["sourceColumn"]));
        Assert.Equal(
            columns.Select(c => Lines(c.Description)), table.Of("column").Select(c => c.Description));
        Assert.Equal(Lines(contract.Description), table.Description);
        Assert.Equal(
            contract.PrimaryKey.Length == 1 ? contract.PrimaryKey : [],
            table.Of("column").Where(c => c.Properties.ContainsKey("isKey")).Select(c => c.Name));
        ContractMeasure[] measures = [.. contract.Measures];
        if (measures.Length > 0)
        {
            Assert.Equal(measures.Select(m => Line(m.Name)), table.Of("measure").Select(m => m.Name));
            Assert.Equal(measures.Select(m => Lines(m.Description)), table.Of("measure").Select(m => m.Description));
            Assert.Equal(
                measures.Select(m => Line(m.Format)),
                table.Of("measure").Select(m => m.Properties.GetValueOrDefault("formatString", "")));
            Assert.All(
                measures.Zip(table.Of("measure")),
                m => Assert.Equal(Named(contract.Name, m.First), Names(m.Second.Expression)));
        }

        string[] source =
        [
            .. CodeToken.OfM(table.Of("partition").Single().Properties["source"])
                .Where(t => t.Kind == 's').Select(t => t.Text),
        ];
        Assert.Equal([unit.Schema, contract.Name, .. columns.Select(c => c.Name)], source);
    }

    private static void AssertRelationships(BiUnit unit, string? file)
    {
        IEnumerable<((string, string), (string, string))> read = file is null ? []
            : TmdlReader.Read(file).Select(r =>
                (TmdlReader.Reference(r.Properties["fromColumn"]), TmdlReader.Reference(r.Properties["toColumn"])));

        Assert.Equal(
            unit.Contract.Tables.SelectMany(t => t.Relationships
                .Where(r => r.Table != t.Name)
                .Select(r => ((t.Name, r.Columns[0]), (r.Table, r.TargetColumns[0])))),
            read);
    }

    /// <summary>The names and values that an expression must have, in their order.</summary>
    private static IEnumerable<string> Named(string table, ContractMeasure measure) =>
        measure.Divide.Length > 0 ? measure.Divide.Select(Line)
        : new[] { table, measure.Column }.Where(n => n.Length > 0)
            .Concat(measure.Where.SelectMany(f => new[] { table, f.Column, f.Value }));

    /// <summary>Its tables, columns, measures and values; a text that was put together is one.</summary>
    private static List<string> Names(string expression)
    {
        List<string> names = [];
        List<CodeToken> tokens = CodeToken.OfDax(expression);
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == 's' && i > 0 && tokens[i - 1].Text == "&")
            {
                names[^1] += tokens[i].Text;
            }
            else if (tokens[i] is { Kind: 'w', Text: "UNICHAR" })
            {
                names[^1] += (char)int.Parse(tokens[i + 2].Text, null);
            }
            else if (tokens[i].Kind is 't' or 'c' or 's' || (i > 0 && tokens[i - 1].Text == "="))
            {
                names.Add(tokens[i].Text);
            }
        }

        return names;
    }

    private static string Line(string text) => ModelName.OneLine(text);

    private static string Lines(string text) => string.IsNullOrWhiteSpace(text) ? "" : string.Join('\n', text
        .Split(["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\v", "\f"], StringSplitOptions.None).Select(Line));
}

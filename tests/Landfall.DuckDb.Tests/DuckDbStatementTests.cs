namespace Landfall.DuckDb.Tests;

public sealed class DuckDbStatementTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bind_Boolean_ComesBack(bool value) => Assert.Equal((value, "BOOLEAN"), Echo(s => s.Bind(1, value)));

    [Theory]
    [InlineData(0)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Bind_Int_ComesBack(int value) => Assert.Equal((value, "INTEGER"), Echo(s => s.Bind(1, value)));

    [Theory]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Bind_Long_ComesBack(long value) => Assert.Equal((value, "BIGINT"), Echo(s => s.Bind(1, value)));

    [Theory]
    [InlineData(0.1)]
    [InlineData(double.MaxValue)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Bind_Double_ComesBack(double value) => Assert.Equal((value, "DOUBLE"), Echo(s => s.Bind(1, value)));

    [Theory]
    [InlineData("0", "DECIMAL(1,0)")]
    [InlineData("0.00", "DECIMAL(2,2)")]
    [InlineData("-12.30", "DECIMAL(4,2)")]
    [InlineData("99999.999", "DECIMAL(8,3)")]
    [InlineData("1234567890.12345678", "DECIMAL(18,8)")]
    [InlineData("-1234567890123456789.5", "DECIMAL(20,1)")]
    [InlineData("79228162514264337593543950335", "DECIMAL(29,0)")]
    [InlineData("-7.9228162514264337593543950335", "DECIMAL(29,28)")]
    [InlineData("0.0000000000000000000000000001", "DECIMAL(28,28)")]
    public void Bind_Decimal_ComesBackWithItsScale(string text, string type)
    {
        decimal value = decimal.Parse(text);

        (object? read, string readType) = Echo(s => s.Bind(1, value));

        Assert.Equal((text, type), (((decimal)read!).ToString(), readType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("twelve bytes")]
    [InlineData("thirteen byte")]
    [InlineData("Größe 漢字 🚀 and a text that is longer than what stands in place")]
    [InlineData("nul \0 inside")]
    public void Bind_String_ComesBack(string value) => Assert.Equal((value, "VARCHAR"), Echo(s => s.Bind(1, value)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(70_000)]
    public void Bind_Bytes_ComeBack(int length)
    {
        byte[] value = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

        (object? read, string type) = Echo(s => s.Bind(1, value));

        Assert.Equal("BLOB", type);
        Assert.Equal(value, (byte[]?)read);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1969-12-31")]
    [InlineData("1970-01-01")]
    [InlineData("9999-12-31")]
    public void Bind_Date_ComesBack(string text)
    {
        DateOnly value = DateOnly.Parse(text);

        Assert.Equal((value, "DATE"), Echo(s => s.Bind(1, value)));
        Assert.Equal((text, "VARCHAR"), Echo(s => s.Bind(1, value), "select ?::date::varchar"));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59.9999995Z", "1969-12-31T23:59:59.999999Z")]
    [InlineData("2026-03-29T02:30:00.123456+02:00", "2026-03-29T00:30:00.123456Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999Z")]
    public void Bind_Instant_ComesBackInUtcRoundedDown(string text, string read) => Assert.Equal(
        (DateTimeOffset.Parse(read), "TIMESTAMP WITH TIME ZONE"), Echo(s => s.Bind(1, DateTimeOffset.Parse(text))));

    [Fact]
    public void Bind_ListOfText_ComesBack()
    {
        string[] files = ["a.parquet", "", "a name that is longer than twelve bytes, ä", "nul\0"];

        (object? value, string type) = Echo(s => s.Bind(1, files));

        Assert.Equal("VARCHAR[]", type);
        Assert.Equal(files, (object?[])value!);
        Assert.Empty((object?[])Echo(s => s.Bind(1, Array.Empty<string>())).Value!);
    }

    [Fact]
    public void Bind_Null_IsNullForEveryType()
    {
        Action<DuckDbStatement>[] binds =
        [
            s => s.BindNull(1), s => s.Bind(1, (bool?)null), s => s.Bind(1, (int?)null), s => s.Bind(1, (long?)null),
            s => s.Bind(1, (double?)null), s => s.Bind(1, (decimal?)null), s => s.Bind(1, (string?)null),
            s => s.Bind(1, (byte[]?)null), s => s.Bind(1, (DateOnly?)null), s => s.Bind(1, (DateTimeOffset?)null),
            s => s.Bind(1, (IReadOnlyCollection<string>?)null),
        ];

        Assert.All(binds, bind => Assert.Null(Echo(bind).Value));
    }

    [Fact]
    public void Query_Again_UsesTheNewValues()
    {
        using DuckDbStatement statement = _session.Connection.Prepare("select ? * 2, ?");
        statement.Bind(2, "stays");
        Assert.Equal(2, statement.ParameterCount);

        foreach (int value in new[] { 1, 20, 300 })
        {
            statement.Bind(1, value);
            using DuckDbResult result = statement.Query();
            Assert.Equal([value * 2, "stays"], result.Rows().Single());
        }
    }

    [Fact]
    public void Execute_Again_CountsEachTime()
    {
        _session.Connection.Execute("create table t(a int)");
        using DuckDbStatement insert = _session.Connection.Prepare("insert into t select range from range(?)");

        foreach (int rows in new[] { 0, 1, 5000 })
        {
            insert.Bind(1, rows);
            Assert.Equal(rows, insert.Execute());
        }

        Assert.Equal(5001L, _session.Value("select count(*) from t"));
    }

    [Fact]
    public void Execute_AfterAFailure_Works()
    {
        using DuckDbStatement statement = _session.Connection.Prepare("select ?::varchar::int");
        statement.Bind(1, "x");
        Assert.Equal(DuckDbErrorType.Conversion, Assert.Throws<DuckDbException>(() => statement.Execute()).ErrorType);

        statement.Bind(1, "12");
        using DuckDbResult result = statement.Query();
        Assert.Equal(12, result.Rows().Single()[0]);
    }

    [Fact]
    public void Query_WithUnboundParameter_Fails()
    {
        using DuckDbStatement statement = _session.Connection.Prepare("select ?");
        statement.Bind(1, 1);
        statement.ClearBindings();

        Assert.Equal("LF4100", Assert.Throws<DuckDbException>(() => statement.Query()).Code);
    }

    [Fact]
    public void Bind_NumberOutside_Throws()
    {
        using DuckDbStatement statement = _session.Connection.Prepare("select ?");

        Assert.Throws<ArgumentOutOfRangeException>(() => statement.Bind(0, 1));
        Assert.Equal(
            DuckDbErrorType.InvalidInput, Assert.Throws<DuckDbException>(() => statement.Bind(2, 1)).ErrorType);
    }

    [Fact]
    public void Query_StatementDisposed_StaysReadable()
    {
        DuckDbStatement statement = _session.Connection.Prepare("select range from range(100000)");
        using DuckDbResult result = statement.Query();
        statement.Dispose();

        Assert.Equal(100_000, result.Rows().Count());
    }

    private (object? Value, string Type) Echo(Action<DuckDbStatement> bind, string sql = "select ?")
    {
        using DuckDbStatement statement = _session.Connection.Prepare(sql);
        bind(statement);
        using DuckDbResult result = statement.Query();
        return (result.Rows().Single().Single(), result.Columns[0].Type.ToString());
    }
}

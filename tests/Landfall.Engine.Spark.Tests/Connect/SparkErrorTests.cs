using Landfall.Engine.Spark.Connect;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>Errors of a real Spark: their class, SQLSTATE and place, and what of them may be shown.</summary>
[Collection(SparkCollection.Name)]
public sealed class SparkErrorTests(SparkFixture spark)
{
    private const string Secret = "s3cret";

    [SparkTheory]
    [InlineData("select id, 1 / id as x from range(3)", "DIVIDE_BY_ZERO", "22012", "1 / id")]
    [InlineData(
        "select id,\n  cast(2147483647 as int) + cast(id as int) from range(3)", "ARITHMETIC_OVERFLOW", "22003",
        "cast(2147483647 as int) + cast(id as int)")]
    [InlineData(
        "select cast(concat('s3cret', id) as int) as x from range(3)", "CAST_INVALID_INPUT", "22018",
        "cast(concat('s3cret', id) as int)")]
    [InlineData(
        "select cast(cast(id as decimal(18,0)) * 1000 as decimal(3,1)) as x from range(3)",
        "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", "22003",
        "cast(cast(id as decimal(18,0)) * 1000 as decimal(3,1))")]
    public async Task Failure_OfValues_TellsItsPlaceAndNoValue(
        string sql, string errorClass, string state, string fragment)
    {
        foreach (Func<Task> run in Ways(sql))
        {
            SparkException e = await Assert.ThrowsAsync<SparkException>(run);

            Assert.Equal(("LF4334", errorClass, state), (e.Code, e.ErrorClass, e.SqlState));
            int start = sql.IndexOf(fragment, StringComparison.Ordinal);
            Assert.Equal(new SparkErrorContext(start, start + fragment.Length - 1, fragment), e.Context);
            LandfallException told = e.Reportable();
            Assert.Equal("LF4334", told.Code);
            Assert.DoesNotContain(Secret, told.Message, StringComparison.Ordinal);
            Assert.Contains(errorClass, told.Message, StringComparison.Ordinal);
            Assert.Contains(
                $"at characters {start + 1} to {start + fragment.Length}", told.Message, StringComparison.Ordinal);
            Assert.Equal(e.Context, Assert.IsType<SparkException>(told).Context);
        }
    }

    [SparkTheory]
    [InlineData("select nothing from range(1)", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703", "nothing")]
    [InlineData("select id from nowhere", "TABLE_OR_VIEW_NOT_FOUND", "42P01", "nowhere")]
    [InlineData("select nope(id) from range(1)", "UNRESOLVED_ROUTINE", "42883", "nope(id)")]
    [InlineData("select 1 + array(1)", "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", "42K09", "1 + array(1)")]
    [InlineData("select 1\n  fromm x y", "PARSE_SYNTAX_ERROR", "42601", "x")]
    public async Task Failure_OfTheStatement_TellsItsPlaceAndText(
        string sql, string errorClass, string state, string fragment)
    {
        foreach (Func<Task> run in Ways(sql))
        {
            SparkException e = await Assert.ThrowsAsync<SparkException>(run);

            Assert.Equal((errorClass, state), (e.ErrorClass, e.SqlState));
            Assert.Equal(fragment, e.Context?.Fragment);
            Assert.Equal(sql.IndexOf(fragment, StringComparison.Ordinal), e.Context?.Start);
            Assert.StartsWith($"[{errorClass}] ", e.Reportable().Message, StringComparison.Ordinal);
            Assert.DoesNotContain("\tat ", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Project", e.Message, StringComparison.Ordinal);
        }
    }

    [SparkFact]
    public async Task Failure_ThatAnybodyRaises_IsNotTold()
    {
        SparkException e = await Assert.ThrowsAsync<SparkException>(
            () => spark.Session.QueryAsync($"select raise_error('{Secret}')", CancellationToken.None));

        Assert.Contains(Secret, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, e.Reportable().Message, StringComparison.Ordinal);
    }

    [SparkFact]
    public async Task Write_FolderThatExists_IsLeftAsItIs()
    {
        string folder = Directory.CreateDirectory(spark.NewPath()).FullName;

        SparkException e = await Assert.ThrowsAsync<SparkException>(
            () => spark.Session.WriteAsync(new("select 1 as a", folder), null, CancellationToken.None));

        Assert.Equal("PATH_ALREADY_EXISTS", e.ErrorClass);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    /// <summary>The same error comes from a query and from a task that writes.</summary>
    private IEnumerable<Func<Task>> Ways(string sql) =>
    [
        () => spark.Session.QueryAsync(sql, CancellationToken.None),
        () => spark.Session.WriteAsync(new(sql, spark.NewPath()), null, CancellationToken.None),
    ];
}

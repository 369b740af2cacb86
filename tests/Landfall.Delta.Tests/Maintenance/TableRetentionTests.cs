using Landfall.Delta.Maintenance;

namespace Landfall.Delta.Tests.Maintenance;

public sealed class TableRetentionTests
{
    [Theory]
    [InlineData("interval 1 week", 168)]
    [InlineData("INTERVAL 2 WEEKS 1 DAY", 360)]
    [InlineData("interval 30 days", 720)]
    [InlineData("36 hours", 36)]
    [InlineData("interval 90 minutes 1800 seconds", 2)]
    [InlineData("interval 0 seconds", 0)]
    public void Parse_Durations_GivesThem(string text, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), TableRetention.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("interval")]
    [InlineData("interval 1 month")]
    [InlineData("interval 1 week 2")]
    [InlineData("interval -1 day")]
    [InlineData("7")]
    [InlineData("for ever")]
    public void Parse_AnythingElse_IsNotUnderstood(string text) => Assert.Null(TableRetention.Parse(text));

    [Fact]
    public void Parse_LongerThanTheCalendar_IsAsLongAsForEver() =>
        Assert.Equal(TimeSpan.FromDays(365_000), TableRetention.Parse("interval 2000000000 weeks"));

    [Fact]
    public void Of_ATable_ComesFromItsPropertiesOrTheDefaults()
    {
        TableMetadata plain = new() { Id = "t", SchemaText = "{}" };
        TableMetadata set = plain with
        {
            Configuration = plain.Configuration.SetItem("delta.logRetentionDuration", "interval 2 days")
                .SetItem("delta.deletedFileRetentionDuration", "interval 3 days")
                .SetItem("delta.enableExpiredLogCleanup", "FALSE"),
        };

        Assert.Equal((TimeSpan.FromDays(30), TimeSpan.FromDays(7), true), Of(plain));
        Assert.Equal((TimeSpan.FromDays(2), TimeSpan.FromDays(3), false), Of(set));

        static (TimeSpan?, TimeSpan?, bool) Of(TableMetadata m) =>
            (TableRetention.Log(m), TableRetention.DeletedFiles(m), TableRetention.CleansLog(m));
    }
}

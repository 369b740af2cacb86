using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>
/// The spellings that <c>docs/reading-files.md</c> lists are read, each as the value it says; any other is quarantined
/// by the rule that it breaks, and never read as something else.
/// </summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("date", "2024-02-29", "2024-02-29")]
    [InlineData("date", "2024-2-3", "2024-02-03")]
    [InlineData("date", "2024/01/02", "2024-01-02")]
    [InlineData("date", " 2024-02-03 ", "2024-02-03")]
    [InlineData("date", "2024-01-01T00:00:00", "2024-01-01")]
    [InlineData("date", "2024-01-01 00:00:00Z", "2024-01-01")]
    [InlineData("date", "0001-01-01", "0001-01-01")]
    [InlineData("bigint", "+5", "5")]
    [InlineData("bigint", " 7 ", "7")]
    [InlineData("bigint", "1.000", "1")]
    [InlineData("bigint", "1e3", "1000")]
    [InlineData("bigint", "9223372036854775807", "9223372036854775807")]
    [InlineData("decimal(18,2)", "1.50", "1.50")]
    [InlineData("decimal(18,2)", ".5", "0.50")]
    [InlineData("decimal(18,2)", "1.5e2", "150.00")]
    [InlineData("decimal(5,2)", "9.9999e2", "999.99")]
    [InlineData("double", "-1.5E-3", "-0.0015")]
    [InlineData("boolean", "True", "true")]
    [InlineData("boolean", "0", "false")]
    public Task Value_InAListedSpelling_IsRead(string type, string text, string value) =>
        AssertReadAsync(type, text, value);

    [Theory]
    [InlineData("date", "24-01-02", "type")]
    [InlineData("date", "epoch", "type")]
    [InlineData("date", "today", "type")]
    [InlineData("date", "20240203", "type")]
    [InlineData("date", "01/02/2024", "type")]
    [InlineData("date", "2024-02-30", "type")]
    [InlineData("date", "2024-W13-6", "type")]
    [InlineData("date", "44927", "type")]
    [InlineData("date", "infinity", "range")]
    [InlineData("date", "10000-01-01", "range")]
    [InlineData("date", "2024-01-01T23:30:00-05:00", "precision")]
    [InlineData("date", "2024-01-01T05:00:00+05:00", "precision")]
    [InlineData("bigint", "0x10", "type")]
    [InlineData("bigint", "0b10", "type")]
    [InlineData("bigint", "1_000", "type")]
    [InlineData("bigint", "1,000", "type")]
    [InlineData("bigint", "true", "type")]
    [InlineData("bigint", "1.5", "precision")]
    [InlineData("bigint", "9223372036854775808", "type")]
    [InlineData("int", "0x7f", "type")]
    [InlineData("decimal(18,2)", "1_000.5", "type")]
    [InlineData("decimal(18,2)", "0x10", "type")]
    [InlineData("decimal(18,2)", "1.555", "precision")]
    [InlineData("decimal(5,2)", "1.000e3", "type")]
    [InlineData("decimal(5,2)", "-5.6339e+4", "type")]
    [InlineData("decimal(5,0)", "999.5e3", "type")]
    [InlineData("decimal(25,20)", "0.0000000000000000000001e40", "type")]
    [InlineData("double", "0x1p3", "type")]
    [InlineData("double", "1_0.5", "type")]
    [InlineData("double", "nan", "not-finite")]
    [InlineData("double", "inf", "not-finite")]
    [InlineData("boolean", "maybe", "type")]
    [InlineData("boolean", "2", "type")]
    public Task Value_InAnotherSpelling_IsQuarantined(string type, string text, string rule) =>
        AssertRefusedAsync(type, text, rule);

    [Theory]
    [InlineData("2024-03-30T12:00:00Z", "2024-03-30 12:00:00")]
    [InlineData("2024-03-30t12:00:00z", "2024-03-30 12:00:00")]
    [InlineData("2024-03-30T12:00Z", "2024-03-30 12:00:00")]
    [InlineData("2024-03-30 12:00+02:00", "2024-03-30 10:00:00")]
    [InlineData("2024-03-30T12:00:00+0200", "2024-03-30 10:00:00")]
    [InlineData("2024-03-30T12:00:00+02", "2024-03-30 10:00:00")]
    [InlineData("2024-03-30T12:00:00+05:45", "2024-03-30 06:15:00")]
    [InlineData("2024-03-30T12:00:00-00:00", "2024-03-30 12:00:00")]
    [InlineData("2024-03-30T12:00:00 UTC", "2024-03-30 12:00:00")]
    [InlineData("2024-03-30T12:00:00 Europe/Berlin", "2024-03-30 11:00:00")]
    [InlineData("2024-03-30T24:00:00Z", "2024-03-31 00:00:00")]
    [InlineData("2024-03-30T12:00:00.1Z", "2024-03-30 12:00:00.1")]
    [InlineData("2024-03-30T12:00:00.123456000Z", "2024-03-30 12:00:00.123456")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31 23:59:59.999999")]
    public Task Timestamp_WithOffset_IsRead(string text, string value) => AssertReadAsync("timestamp", text, value);

    [Theory]
    [InlineData("2024-03-30T12:00:00", "timestamp-without-offset")]
    [InlineData("2024-03-30", "timestamp-without-offset")]
    [InlineData("2024-03-30T12:00:00+25:00", "type")]
    [InlineData("2024-03-30T12:00:00+16:00", "type")]
    [InlineData("2024-03-30T12:00:00+02:75", "type")]
    [InlineData("2024-03-30T12:00:00.123456789Z", "precision")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "precision")]
    [InlineData("2016-12-31T23:59:60Z", "type")]
    [InlineData("2024-03-30T12:00:00,5Z", "type")]
    [InlineData("2024-03-30T12:00:00 CET", "type")]
    [InlineData("2024-03-30T12:00:00 Nowhere/Land", "type")]
    [InlineData("2024-03-31T02:30:00 Europe/Berlin", "local-time-gap")]
    [InlineData("24-03-30T12:00:00Z", "type")]
    [InlineData("1711800000", "type")]
    [InlineData("epoch", "type")]
    [InlineData("now", "type")]
    [InlineData("2024-03-30T12Z", "type")]
    [InlineData("infinity", "range")]
    [InlineData("10000-01-01T00:00:00Z", "range")]
    [InlineData("294247-01-10 03:30:00 America/Los_Angeles", "type")]
    public Task Timestamp_OfNoInstant_IsQuarantined(string text, string rule) =>
        AssertRefusedAsync("timestamp", text, rule);

    /// <summary>The hour that clocks skip has no value; of the hour that they repeat the second counts.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2024-03-31T01:59:59", "2024-03-31 00:59:59")]
    [InlineData("Europe/Berlin", "2024-03-31T02:00:00", "local-time-gap")]
    [InlineData("Europe/Berlin", "2024-03-31 02:59:59.999999", "local-time-gap")]
    [InlineData("Europe/Berlin", "2024-03-31T03:00", "2024-03-31 01:00:00")]
    [InlineData("Europe/Berlin", "2024-10-27T01:59:59", "2024-10-26 23:59:59")]
    [InlineData("Europe/Berlin", "2024-10-27T02:30:00", "2024-10-27 01:30:00")]
    [InlineData("Europe/Berlin", "2024-10-27T02:30:00+02:00", "2024-10-27 00:30:00")]
    [InlineData("America/New_York", "2024-03-10T02:15:00", "local-time-gap")]
    [InlineData("America/New_York", "2024-11-03T01:30:00", "2024-11-03 06:30:00")]
    [InlineData("Australia/Lord_Howe", "2024-10-06T02:15:00", "local-time-gap")]
    [InlineData("Australia/Lord_Howe", "2024-04-07T01:45:00", "2024-04-06 15:15:00")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00:00", "local-time-gap")]
    [InlineData("UTC", "2024-03-31T02:30:00", "2024-03-31 02:30:00")]
    [InlineData("Europe/Berlin", "2024-03-30", "2024-03-29 23:00:00")]
    [InlineData("Europe/Berlin", "infinity", "range")]
    public async Task Timestamp_OfALocalTime_FollowsTheStatedRule(string zone, string text, string expected)
    {
        using IngestLake lake = Lake("timestamp", $", sourceTimeZone: {zone}");
        lake.Put("a.csv", $"id,v\n1,\"{text}\"\n");
        await lake.RunAsync();

        string[] read = await lake.RowsAsync("v");
        string[] refused = await lake.RowsAsync("rule", "t__quarantine");
        Assert.Equal([expected], expected[0] == '2' ? await lake.RowsAsync(Text) : refused);
        Assert.Single(read.Concat(refused));
    }

    private const string Text = "v at time zone 'UTC'";

    private static async Task AssertReadAsync(string type, string text, string value)
    {
        using IngestLake lake = Lake(type, "");
        lake.Put("a.csv", $"id,v\n1,\"{text}\"\n");
        await lake.RunAsync();

        Assert.Equal([value], await lake.RowsAsync(type == "timestamp" ? Text : "v"));
    }

    private static async Task AssertRefusedAsync(string type, string text, string rule)
    {
        using IngestLake lake = Lake(type, "");
        lake.Put("a.csv", $"id,v\n1,\"{text}\"\n");
        await lake.RunAsync();

        Assert.Empty(await lake.RowsAsync("v"));
        Assert.Equal([$"2, {rule}, v"], await lake.RowsAsync("_row, rule, column_name", "t__quarantine"));
    }

    private static IngestLake Lake(string type, string more)
    {
        string logical = type switch
        {
            "date" or "boolean" or "timestamp" => type,
            "int" or "bigint" => "integer",
            _ => "number",
        };
        return new(
            $"files: \"*.csv\", mode: append{more}",
            [
                "name: id, logicalType: integer, physicalType: int",
                $"name: v, logicalType: {logical}, physicalType: \"{type}\"",
            ],
            threshold: 1);
    }
}

using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests;

/// <summary>
/// One mistake a row: file, text to replace, new text with <c>^^</c> where it must be reported, code, and what message
/// and hint say. Each must be the only problem found.
/// </summary>
public sealed class DiagnosticsTests
{
    private const string Head = "estate.yaml";
    private const string Management = "management/zone.yaml";
    private const string Alpha = "alpha/zone.yaml";
    private const string Beta = "beta/zone.yaml";
    private const string Events = "alpha/integrations/events/integration.yaml";
    private const string Clicks = "alpha/integrations/events/contract.odcs.yaml";
    private const string Ledger = "beta/integrations/ledger/integration.yaml";
    private const string Entries = "beta/integrations/ledger/contract.odcs.yaml";
    private const string Report = "beta/products/report/product.yaml";
    private const string Months = "beta/products/report/contract.odcs.yaml";
    private const string Agreement = "alpha/agreements/report.oaas.yaml";

    [Theory]
    [InlineData(Head, "currency: EUR", "currency: ^^[EUR]", "LF1011", "'currency' is a list", "single value")]
    [InlineData(Head, "targets:\n  local:", "targets:\n  ^^Local:", "LF1019", "'Local' is no id", "'local'")]
    [InlineData(Head, "title: Golden", "title: Golden\n^^titel: Golden", "LF1012", "no key 'titel'", "'title'?")]
    [InlineData(Head, "currency: EUR", "^^currency:", "LF1013", "no value for 'currency'", "")]
    [InlineData(Head, "apiVersion: landfall/v1", "apiVersion: ^^landfall/v2", "LF1017", "landfall/v2", "landfall/v1")]
    [InlineData(Head, "kind: Estate", "kind: ^^State", "LF1018", "'State'", "'Estate'")]
    [InlineData(Head, "domain: golden.example", "domain: ^^golden example", "LF1014", "'domain'", "internet domain")]
    [InlineData(Head, "0.021", "^^2.1e-2", "LF1014", "'2.1e-2'", "without quotes or exponent")]
    [InlineData(Head, "0.40", "^^-1", "LF1015", "'-1' is out of range", "0 to 1000000")]
    [InlineData(Head, "title: Golden", "title: ^^\" \"", "LF1014", "'title' is empty", "one character")]
    [InlineData(Management, "owner: platform-team", "owner: ^^platform-tem", "LF1030", "no group 'platform-tem'",
        "'platform-team'?")]
    [InlineData(Management, "members: [ben@golden.example]", "members: [^^bem@golden.example]", "LF1036",
        "bem@golden.example", "'ben@golden.example'?")]
    [InlineData(Management, "[portal]", "[portal, ^^portal]", "LF1022", "'portal' is twice", "Remove one")]
    [InlineData(Management, "id: management", "id: ^^hub", "LF1021", "the folder is 'management'", "same name")]
    [InlineData(Management, "10.0.0.0/16", "^^10.0.0.1/16", "LF1014", "10.0.0.1/16", "10.1.0.0/16")]
    [InlineData(Management, "10.0.0.0/16", "^^10.0.0.0", "LF1014", "'10.0.0.0'", "prefix")]
    [InlineData(Management, "[5432]", "[^^65536]", "LF1015", "'65536'", "1 to 65535", "LF3010")]
    [InlineData(Management, "[5432]", "[^^\"5432\"]", "LF1014", "'5432'", "without quotes", "LF3010")]
    [InlineData(Management, "host: db.golden.example", "host: ^^\"*\"", "LF1014", "'*'", "no wildcard", "LF3010")]
    [InlineData(Management, "host: db.golden.example", "host: ^^\"db.golden.example:5432\"", "LF1014",
        "'db.golden.example:5432'", "no port", "LF3010")]
    [InlineData(Management, "id: alpha-team", "id: ^^platform-team", "LF1022", "taken on line 12", "another", "LF1030")]
    [InlineData(Alpha, "{ range: 10.1.0.0/16", "^^{ range: 10.0.128.0/24", "LF1040",
        "overlaps 10.0.0.0/16 of management", "no other zone")]
    [InlineData(Alpha, "peers: [beta]", "peers: [beta, ^^gamma]", "LF1032", "'gamma'", "Known: beta.")]
    [InlineData(Alpha, "peers: [beta]", "peers: [beta, ^^alpha]", "LF1032", "its own peer", "Remove")]
    [InlineData(Beta, "peers: [alpha]", "peers: []", "LF1033", "'beta' does not name 'alpha'", "beta/zone.yaml")]
    [InlineData(Alpha, "memory: 2GiB", "memory: ^^2GB", "LF1014", "'2GB'", "512MiB")]
    [InlineData(Alpha, "threads: 2", "threads: ^^two", "LF1014", "'two'", "whole number")]
    [InlineData(Alpha, "threads: 2", "threads: ^^0x2", "LF1014", "'0x2'", "whole number")]
    [InlineData(Alpha, "timeout: 2h", "timeout: ^^2 hours", "LF1014", "'2 hours'", "1h30m")]
    [InlineData(Alpha, "dedicatedTo: events", "dedicatedTo: ^^evens", "LF1035", "'evens'", "'events'?", "LF1034")]
    [InlineData(Alpha, "groups: [alpha-team]", "groups: [^^alpha-teem]", "LF1030", "'alpha-teem'", "'alpha-team'?")]
    [InlineData(Alpha, "tables: [events, events.click]", "tables: [events, ^^event]", "LF1037", "'event'", "'events'?")]
    [InlineData(Alpha, "tables: [events, events.click]", "tables: [^^events.klick]", "LF1037",
        "table of events 'klick'", "'click'?")]
    [InlineData(Alpha, "sources: [files]", "sources: [^^file]", "LF1016", "'file'", "'files'?", "LF1038")]
    [InlineData(Events, "type: files", "type: ^^files", "LF1038", "tools.sources have no 'files'", "alpha/zone.yaml",
        "", Alpha, "sources: [files]", "sources: [postgres]")]
    [InlineData(Beta, "- { id: shared, engine: duckdb", "- { id: shared, engine: ^^spark", "LF1038", "'spark'",
        "tools.engines")]
    [InlineData(Report, "serve: [sql]", "serve: ^^[http]", "LF1038", "'http'", "tools.serving", "LF1085")]
    [InlineData(Beta, "[LEDGER_PASSWORD]", "[^^ledger_password]", "LF1014", "'ledger_password'", "in capitals",
        "LF1039")]
    [InlineData(Events, "pool: ingest", "pool: ^^ingst", "LF1031", "no pool 'ingst'", "'ingest'?")]
    [InlineData(Report, "pool: shared", "pool: ^^ledger", "LF1034", "dedicated to 'ledger'", "shared pool")]
    [InlineData(Report, "id: report", "id: ^^reports", "LF1021", "the folder is 'report'", "same name")]
    [InlineData(Report, "type: sql", "type: ^^python", "LF1016", "'python'", "Known: model, sql.")]
    [InlineData(Events, "mode: append", "mode: ^^apend", "LF1016", "'apend'", "'append'?")]
    [InlineData(Events, "mode: append", "mode: ^^upsert", "LF1043", "needs a postgres source", "snapshot")]
    [InlineData(Events, "mode: append", "mode: append, cursor: ^^clicked_at", "LF1048", "'cursor' has no meaning",
        "Remove")]
    [InlineData(Events, "delimiter: \";\"", "delimiter: ^^\";;\"", "LF1014", "';;'", "one character")]
    [InlineData(Events, "**/*.csv.gz", "../*.csv", "LF1014", "'../*.csv'", "'..'")]
    [InlineData(Events, "click_id: ClickId", "^^clik_id: ClickId", "LF1044", "'clik_id'", "'click_id'?")]
    [InlineData(Events, "quarantineThreshold: 0.05", "quarantineThreshold: ^^1.5", "LF1015", "'1.5'", "0 to 1")]
    [InlineData(Events, "location: events", "location: ^^events/2026", "LF1019", "no id", "'events-2026'")]
    [InlineData(Ledger, "\"${secret:LEDGER_PASSWORD}\"", "^^\"${secret:OTHER}\"", "LF1039",
        "may not have the secret 'OTHER'", "beta/zone.yaml")]
    [InlineData(Ledger, "\"${secret:LEDGER_PASSWORD}\"", "^^hunter2", "LF1026", "password stands in the manifest",
        "${secret:NAME}")]
    [InlineData(Ledger, "user: reader", "user: ^^\"${USER}\"", "LF1025", "malformed reference", "${secret:NAME}")]
    [InlineData(Ledger, "host: db.golden.example", "host: ^^db.other.example", "LF3010",
        "db.other.example:5432 is outside", "platform-team")]
    [InlineData(Ledger, "port: 5432", "port: 5433", "LF3010", "db.golden.example:5433", "management/zone.yaml")]
    [InlineData(Ledger, "host: db.golden.example", "host: ^^\"a.example,db.golden.example\"", "LF3010",
        "is not one host name or address", "platform-team")]
    [InlineData(Ledger, "host: db.golden.example, port: 5432", "host: ^^\"${secret:LEDGER_PASSWORD}\", port: 5433",
        "LF3010", "${secret:LEDGER_PASSWORD}:5433 is outside", "platform-team")]
    [InlineData(Ledger, "port: 5432", "port: ^^none", "LF1014", "'none'", "1 to 65535")]
    [InlineData(Ledger, "cursor: changed_at", "cursor: ^^chnged_at", "LF1044", "'chnged_at'", "'changed_at'?")]
    [InlineData(Ledger, "overlap: 1h", "overlap: ^^soon", "LF1014", "'soon'", "1h")]
    [InlineData(Ledger, "mode: snapshot", "mode: ^^append", "LF1043", "needs a cursor", "snapshot")]
    [InlineData(Ledger, "mode: snapshot", "mode: ^^upsert", "LF1043", "needs a primary key", "primaryKey: true")]
    [InlineData(Ledger, "mode: snapshot", "mode: snapshot, cursor: ^^account_id", "LF1048", "snapshot reads every row",
        "Remove it", "LF1045")]
    [InlineData(Ledger, "relation: books.account", "relation: ^^account", "LF1014", "'account'", "schema.table")]
    [InlineData(Ledger, "sourceTimeZone: UTC", "sourceTimeZone: ^^\"+02:00\"", "LF1014", "'+02:00'", "IANA")]
    [InlineData(Entries, "logicalType: timestamp", "logicalType: boolean", "LF1045", "'changed_at' is boolean",
        "grows")]
    [InlineData(Clicks, "name: page,", "name: ^^\"page number\",", "LF1023", "'page number'", "'page_number'")]
    [InlineData(Clicks, "name: page,", "name: ^^Order,", "LF1020", "'Order' is a reserved word", "'Order_value'")]
    [InlineData(Clicks, "name: page,", "name: ^^_batch,", "LF1023", "'_batch'", "'batch'")]
    [InlineData(Clicks, "name: page,", "name: ^^CLICK_ID,", "LF1022", "'CLICK_ID' is taken on line 10", "case")]
    [InlineData(Clicks, "physicalType: bigint", "physicalType: ^^varchar(10)", "LF1061", "'varchar(10)'", "'string'?")]
    [InlineData(Clicks, "physicalType: bigint", "physicalType: ^^bigimt", "LF1061", "'bigimt'", "'bigint'?")]
    [InlineData(Clicks, "logicalType: integer", "logicalType: ^^date", "LF1062", "'date' contradicts the type 'bigint'",
        "Change")]
    [InlineData(Clicks, "clicked_at, logicalType: timestamp", "clicked_at, logicalType: ^^number", "LF1061",
        "needs a physicalType", "decimal(18,2)")]
    [InlineData(Clicks, "clicked_at, logicalType: timestamp,", "clicked_at,", "LF1061", "no type", "physicalType")]
    [InlineData(Clicks, "unit: h }", "unit: ^^m }", "LF1066", "'m'", "minutes or months")]
    [InlineData(Clicks, "version: 1.0.0", "version: ^^one", "LF1014", "'one'", "semantic version")]
    [InlineData(Clicks, "apiVersion: v3.1.0", "apiVersion: ^^v2.2.2", "LF1017", "v2.2.2", "v3.1.0")]
    [InlineData(Clicks, "metric: rowCount", "metric: ^^rowcounts", "LF1065", "'rowcounts'", "'rowCount'?")]
    [InlineData(Clicks, "metric: rowCount", "metric: ^^nullValues", "LF1065", "has no column", "arguments")]
    [InlineData(Clicks, "metric: rowCount", "metric: duplicateValues, arguments: { properties: [^^pge] }", "LF1044",
        "'pge'", "'page'?")]
    [InlineData(Clicks, "mustBeGreaterThan: 0", "mustBeGreaterThan: ^^none", "LF1014", "'none'", "a number")]
    [InlineData(Clicks, "mustBeGreaterThan: 0", "mustBeBetween: ^^[2, 1]", "LF1065", "smaller one first", "[0, 10]")]
    [InlineData(Clicks, "name: any_rows, type: library", "name: any_rows, type: ^^lib", "LF1065", "'lib'",
        "Known: custom")]
    [InlineData(Clicks, "severity: error", "severity: ^^fatal", "LF1065", "'fatal'", "error")]
    [InlineData(Clicks, "required: true }\n      - { name: page", "required: ^^yes }\n      - { name: page", "LF1014",
        "'yes'", "true or false")]
    [InlineData(Months, "physicalType: bigint", "logicalType: ^^array, items: { logicalType: string }", "LF1063",
        "type array", "integrations")]
    [InlineData(Months, "primaryKeyPosition: 1 }", "primaryKeyPosition: 2 }", "LF1064", "1, 2, …",
        "primaryKeyPosition")]
    [InlineData(Months, "mustBe: 0 }", "mustBe: 0, mustNotBe: 1 }", "LF1065", "mustBe and mustNotBe", "exactly one")]
    [InlineData(Months, ", mustBe: 0 }", " }", "LF1065", "no operator", "exactly one")]
    [InlineData(Months, "from ${table} where", "from clicks where", "LF1065", "does not name ${table}", "${table}")]
    [InlineData(Report, "column: month", "column: ^^mouth", "LF1044", "'mouth'", "'month'?")]
    [InlineData(Months, "logicalType: date", "logicalType: timestamp", "LF1045", "'month' is timestamp", "partitioned")]
    [InlineData(Report, "alpha.events.click:", "^^alpha.click:", "LF1046", "'alpha.click'", "zone.unit.table")]
    [InlineData(Report, "alpha.events.click:", "^^alpha.events.clicks:", "LF1047", "no table alpha.events.clicks",
        "'alpha.events.click'?")]
    [InlineData(Report, "alpha.events.click:", "^^beta.report.clicks_by_month:", "LF1047", "its own input", "Remove")]
    [InlineData(Agreement, "teamId: alpha", "teamId: ^^beta", "LF1071", "the file is alpha's", "teamId: alpha")]
    [InlineData(Agreement, "outputPortId: click", "outputPortId: ^^clock", "LF1071", "'clock'", "'click'?")]
    [InlineData(Agreement, "dataProductId: events", "dataProductId: ^^event", "LF1071", "'event'", "'events'?")]
    [InlineData(Agreement, "teamId: beta", "teamId: ^^bta", "LF1072", "no zone 'bta' yet", "'beta'?")]
    [InlineData(Agreement, "dataProductId: report", "dataProductId: ^^reports", "LF1072", "no product 'reports' yet",
        "'report'?")]
    [InlineData(Agreement, "teamId: beta", "teamId: ^^alpha", "LF1073", "provider's own zone", "Remove the agreement")]
    [InlineData(Agreement, "2027-01-01T00:00:00Z", "^^2025-01-01T00:00:00Z", "LF1074", "ends before it begins",
        "later")]
    [InlineData(Agreement, "2027-01-01T00:00:00Z", "^^2027-01-01", "LF1014", "'2027-01-01'", "2027-01-01T00:00:00Z")]
    [InlineData(Agreement, "2027-01-01T00:00:00Z", "^^2027-01-01T00:00:00", "LF1014", "'endTimestamp'", "an instant")]
    [InlineData(Agreement, "purpose: Count clicks.", "purpose: ^^''", "LF1014", "'purpose' is empty", "")]
    public void Load_OneMistake_IsReportedWithPlaceAndFix(
        string file, string before, string after, string code, string message, string hint,
        string also = "", string otherFile = "", string otherBefore = "", string otherAfter = "")
    {
        using var folder = new EstateFolder();
        folder.Change(file, before, after);
        if (otherFile.Length > 0)
        {
            folder.Change(otherFile, otherBefore, otherAfter);
        }

        _ = OneMistake.AssertReported(folder, after, code, message, hint, also);
    }

    [Fact]
    public void Load_LiteralPassword_NeverRepeatsIt()
    {
        using var folder = new EstateFolder();
        folder.Change(Ledger, "\"${secret:LEDGER_PASSWORD}\"", "hunter2");

        Assert.DoesNotContain("hunter2", string.Join('\n', folder.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("estate.yaml", "")]
    [InlineData("management/zone.yaml", "")]
    [InlineData("alpha/zone.yaml", "")]
    [InlineData("alpha/integrations/events/integration.yaml", "")]
    [InlineData("beta/products/report/contract.odcs.yaml", "")]
    [InlineData("beta/products/report/clicks_by_month.sql", "beta/products/report/click_by_month.sql")]
    public void Load_MissingFile_IsReported(string path, string near)
    {
        using var folder = new EstateFolder();
        if (near.Length > 0)
        {
            folder.Write(near, folder.Read(path));
        }

        folder.Delete(path);

        Diagnostic found = Assert.Single(folder.Problems());
        Assert.Equal("LF1009", found.Code);
        Assert.Equal(new(path, 1, 1), found.Location);
        Assert.Contains(Path.GetFileName(near), found.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmptySqlFile_IsReported()
    {
        using var folder = new EstateFolder();
        folder.Write("beta/products/report/clicks_by_month.sql", " \n");

        Assert.Equal("LF1049", Assert.Single(folder.Problems()).Code);
    }

    [Fact]
    public void Load_IntegrationAndProductOfOneId_AreReported()
    {
        using var folder = new EstateFolder();
        folder.Write("beta/products/ledger/product.yaml", folder.Read(Report).Replace("id: report", "id: ledger"));
        folder.Write("beta/products/ledger/contract.odcs.yaml", folder.Read(Months));
        folder.Write("beta/products/ledger/clicks_by_month.sql", "select 1");

        Diagnostic found = Assert.Single(folder.Problems());
        Assert.Equal("LF1022", found.Code);
        Assert.Equal("beta/products/ledger/product.yaml:3:5", found.Location.ToString());
    }

    [Theory]
    [InlineData("order")]
    [InlineData("system")]
    public void Load_ReservedUnitId_IsReported(string id)
    {
        using var folder = new EstateFolder();
        folder.Write($"beta/products/{id}/product.yaml", folder.Read(Report).Replace("id: report", $"id: {id}"));
        folder.Write($"beta/products/{id}/contract.odcs.yaml", folder.Read(Months));
        folder.Write($"beta/products/{id}/clicks_by_month.sql", "select 1");

        Assert.Equal("LF1020", Assert.Single(folder.Problems()).Code);
    }

    [Fact]
    public void Load_TablesOfManifestAndContractDiffer_BothAreReported()
    {
        using var folder = new EstateFolder();
        folder.Change(Entries, "name: account\n", "name: ^^acount\n");

        Diagnostic[] found = [.. folder.Problems()];

        Assert.Equal(["LF1042", "LF1041"], found.Select(d => d.Code));
        Assert.Equal(folder.Expected, found[0].Location);
        Assert.Contains("'acount'?", found[1].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_QuarantineName_IsReported()
    {
        using var folder = new EstateFolder();
        folder.Change(Entries, "name: account\n", "name: ^^account__quarantine\n");
        folder.Change(Ledger, "name: account,", "name: account__quarantine,");

        Assert.Equal("LF1067", Assert.Single(folder.Problems()).Code);
    }

    [Fact]
    public void Load_CustomQualityRule_IsAWarning()
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, "type: library, metric: rowCount", "type: custom, engine: soda, implementation: x");

        EstateLoadResult result = folder.Load();

        Assert.Equal("LF1069", Assert.Single(result.Diagnostics).Code);
        Assert.NotNull(result.Estate);
    }

    [Fact]
    public void Load_UnknownKeysOfAStandard_AreKept()
    {
        using var folder = new EstateFolder();
        folder.Change(Clicks, "status: active", "status: active\nsomethingNew: { x: null }\ntags: [a]");
        folder.Change(Agreement, "status: approved", "status: approved\nsomethingNew: 1");

        Assert.Empty(folder.Problems());
    }
}

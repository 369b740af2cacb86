namespace Landfall.Estate.Tests;

public sealed class LimitTests
{
    [Theory]
    [InlineData(39, true)]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Load_IdAroundItsLength_FollowsIt(int length, bool accepted)
    {
        using var folder = new EstateFolder();
        folder.Change("estate.yaml", "name: golden", $"name: {new string('a', length)}");

        Assert.Equal(accepted, folder.Problems().IsEmpty);
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Load_ColumnNameAroundItsLength_FollowsIt(int length, bool accepted)
    {
        using var folder = new EstateFolder();
        folder.Change(
            "alpha/integrations/events/contract.odcs.yaml", "name: page,", $"name: {new string('a', length)},");

        Assert.Equal(accepted, folder.Problems().IsEmpty);
    }

    [Theory]
    [InlineData("threads: 2", "threads: 0", false)]
    [InlineData("threads: 2", "threads: 1", true)]
    [InlineData("threads: 2", "threads: 256", true)]
    [InlineData("threads: 2", "threads: 257", false)]
    [InlineData("concurrency: 1", "concurrency: 64", true)]
    [InlineData("concurrency: 1", "concurrency: 65", false)]
    [InlineData("memory: 2GiB", "memory: 63MiB", false)]
    [InlineData("memory: 2GiB", "memory: 64MiB", true)]
    [InlineData("memory: 2GiB", "memory: 65536KiB", true)]
    [InlineData("memory: 2GiB", "memory: 16TiB", true)]
    [InlineData("memory: 2GiB", "memory: 17TiB", false)]
    [InlineData("memory: 2GiB", "memory: 999999999999TiB", false)]
    [InlineData("timeout: 2h", "timeout: 0s", false)]
    [InlineData("timeout: 2h", "timeout: 1s", true)]
    [InlineData("timeout: 2h", "timeout: 7d", true)]
    [InlineData("timeout: 2h", "timeout: 7d1s", false)]
    [InlineData("cpuHour: 0.06", "cpuHour: 99999999999999999999", false)]
    public void Load_PoolAroundItsLimits_FollowsThem(string before, string after, bool accepted)
    {
        using var folder = new EstateFolder();
        folder.Change("alpha/zone.yaml", before, after);

        Assert.Equal(accepted, folder.Problems().IsEmpty);
    }

    [Theory]
    [InlineData("port: 5432 }", "port: 1 }", true)]
    [InlineData("port: 5432 }", "port: 65535 }", true)]
    [InlineData("port: 5432 }", "port: 65536 }", false)]
    [InlineData("budgetStart: 2026-12-01", "budgetStart: 1999-12-01", false)]
    [InlineData("budgetStart: 2026-12-01", "budgetStart: 2099-12-01", true)]
    [InlineData("budgetStart: 2026-12-01", "budgetStart: 2026-00-01", false)]
    [InlineData("region: westeurope", "region: westus3", true)]
    [InlineData("region: westeurope", "region: westus34", false)]
    [InlineData("events.golden.example/clicks", "events.golden.example:65535", true)]
    [InlineData("events.golden.example/clicks", "events.golden.example:65536", false)]
    [InlineData("events.golden.example/clicks", "events.golden.example:0", false)]
    [InlineData("firewallAddress: 10.0.0.4", "firewallAddress: 255.255.255.255", true)]
    [InlineData("firewallAddress: 10.0.0.4", "firewallAddress: 10.0.0.256", false)]
    [InlineData("firewallAddress: 10.0.0.4", "firewallAddress: 10.0.0.04", false)]
    public void Load_EnvironmentAroundItsLimits_FollowsThem(string before, string after, bool accepted)
    {
        using var folder = new EstateFolder();
        folder.Change("azure/dev.yaml", "host: db-dev.golden.example, ports: [5432]", "host: db-dev.golden.example");
        folder.Change("azure/dev.yaml", before, after);

        Assert.Equal(accepted, folder.Problems().IsEmpty);
    }

    [Theory]
    [InlineData("decimal(38,38)", true)]
    [InlineData("decimal(39,2)", false)]
    [InlineData("decimal(2,3)", false)]
    [InlineData("decimal(0,0)", false)]
    [InlineData("DECIMAL( 10 , 2 )", true)]
    public void Load_DecimalAroundItsLimits_FollowsThem(string type, bool accepted)
    {
        using var folder = new EstateFolder();
        folder.Change(
            "beta/integrations/ledger/contract.odcs.yaml", "physicalType: \"decimal(18,2)\"",
                $"physicalType: \"{type}\"");

        Assert.Equal(accepted, folder.Problems().IsEmpty);
    }

    [Theory]
    [InlineData(EstateLimits.Columns, true)]
    [InlineData(EstateLimits.Columns + 1, false)]
    public void Load_ColumnsAroundTheirNumber_FollowIt(int count, bool accepted)
    {
        using var folder = new EstateFolder();
        string columns = string.Concat(
            Enumerable.Range(0, count - 1).Select(i => $"\n      - {{ name: c{i}, logicalType: string }}"));
        folder.Change(
            "beta/integrations/ledger/contract.odcs.yaml", "{ name: account_id, logicalType: string, required: true }",
            "{ name: account_id, logicalType: string, required: true }" + columns);

        Assert.Equal(accepted, folder.Problems().IsEmpty);
    }
}

using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests;

/// <summary>
/// Mistakes in what an estate says of Azure, a row each: file, text to replace, new text with <c>^^</c> where it must
/// be reported, code, and what message and hint say. Each must be the only problem found.
/// </summary>
public sealed class AzureDiagnosticsTests
{
    private const string Dev = "azure/dev.yaml";
    private const string Management = "management/zone.yaml";
    private const string Alpha = "alpha/zone.yaml";
    private const string Beta = "beta/zone.yaml";
    private const string Events = "alpha/integrations/events/integration.yaml";
    private const string Ledger = "beta/integrations/ledger/integration.yaml";
    private const string Report = "beta/products/report/product.yaml";
    private const string Group = "/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/names";
    private const string HostLine = "beta.ledger: { host: db-dev.golden.example, port: 5432 }";
    private const string Location = "\"https://events.golden.example/clicks\"";
    private const string Image = "registry.golden.example/landfall:1.0.0";
    private const string Recommender = "operations/products/cloud-service-recommender/product.yaml";
    private const string Gateway = "{ host: recommender-dev.relecloud.example, clients: [203.0.113.0/24] }";

    [Theory]
    [InlineData("apiVersion: landfall/v1", "apiVersion: ^^landfall/v2", "LF1017", "landfall/v2", "landfall/v1")]
    [InlineData("kind: AzureEnvironment", "kind: ^^Environment", "LF1018", "'Environment'", "'AzureEnvironment'")]
    [InlineData("environment: dev", "environment: ^^dve", "LF1016", "'dve'", "'dev'?")]
    [InlineData("environment: dev", "environment: ^^test", "LF1021", "is 'test' but the file is 'dev.yaml'",
        "same name")]
    [InlineData("environment: dev", "environment: dev\n^^id: dev", "LF1012", "environment 'dev' has no key 'id'", "")]
    [InlineData("zoneRedundant: true", "^^zoneRedundent: true", "LF1012", "'zoneRedundent'", "'zoneRedundant'?")]
    [InlineData("zoneRedundant: true", "zoneRedundant: ^^yes", "LF1014", "'yes'", "true or false")]
    [InlineData("tenant: 00000000-0000-4000-8000-000000000001", "^^tenant:", "LF1013", "no value for 'tenant'", "")]
    [InlineData("00000000-0000-4000-8000-000000000001", "^^E9DA86D3-51CF-4A76-82D8-C50195C3F466", "LF1014",
        "'E9DA86D3-51CF-4A76-82D8-C50195C3F466' is no value of 'tenant'", "a GUID in small letters")]
    [InlineData("00000000-0000-4000-8000-000000000001", "^^golden.example", "LF1014", "'golden.example'", "a GUID")]
    [InlineData("region: westeurope", "region: ^^West Europe", "LF1014", "'West Europe'", "westeurope")]
    [InlineData("region: northeurope", "region: ^^north-europe", "LF1014", "'north-europe'", "westeurope")]
    [InlineData("region: northeurope", "^^regoin: northeurope", "LF1012", "'alpha' has no key 'regoin'", "'region'?")]
    [InlineData("budgetStart: 2026-12-01", "budgetStart: ^^2026-12-02", "LF1014", "'2026-12-02'",
        "first day of a month")]
    [InlineData("budgetStart: 2026-12-01", "budgetStart: ^^2026-13-01", "LF1014", "'2026-13-01'", "2026-12-01")]
    [InlineData("00000000-0000-4000-8000-000000000004", "^^beta-dev", "LF1014",
        "'beta-dev' is no value of 'subscription'", "a GUID in small letters")]
    [InlineData("{ subscription: 00000000-0000-4000-8000-000000000004 }", "^^{ region: westeurope }", "LF1013",
        "'beta' lacks the key 'subscription'", "subscription: …")]
    [InlineData("{ subscription: 00000000-0000-4000-8000-000000000004 }", "^^beta-dev", "LF1011", "'beta' is a",
        "keys with values", "LF1083")]
    [InlineData("00000000-0000-4000-8000-000000000006", "^^alpha-team@golden.example", "LF1014",
        "is no value of 'alpha-team'", "object id of the group")]
    [InlineData("00000000-0000-4000-8000-000000000006", "^^[a]", "LF1011", "'alpha-team' is a list", "single value")]
    [InlineData("10.0.0.4", "^^10.0.0.400", "LF1014", "'10.0.0.400' is no value of 'firewallAddress'",
        "an IPv4 address")]
    [InlineData("10.0.0.4", "^^" + Group, "LF1014", "is no value of 'firewallAddress'", "an IPv4 address")]
    [InlineData(Group, "^^10.0.0.4", "LF1014", "'10.0.0.4' is no value of 'dnsZones'",
        "Write /subscriptions/ID/resourceGroups/NAME.")]
    [InlineData(Group, "^^" + Group + "/providers/Microsoft.Network/privateDnsZones/a", "LF1014",
        "is no value of 'dnsZones'", "Write /subscriptions/ID/resourceGroups/NAME.")]
    [InlineData(GoldenEstate.Hub + "/Microsoft.Network/firewallPolicies/hub",
        "^^" + GoldenEstate.Hub + "/Microsoft.Network/azureFirewalls/hub", "LF1014", "is no value of 'firewall'",
        "/providers/Microsoft.Network/firewallPolicies/NAME")]
    [InlineData(GoldenEstate.Hub + "/Microsoft.Purview/accounts/golden", "^^golden", "LF1014", "'golden'",
        "/providers/Microsoft.Purview/accounts/NAME")]
    [InlineData(Location, "^^http://events.golden.example", "LF1014", "address of 'events'", "an https address")]
    [InlineData(Location, "^^\"https://ana@events.golden.example\"", "LF1014", "address of 'events'", "without user")]
    [InlineData(Location, "^^\"https://events.golden.example:99999/a\"", "LF1014", "address of 'events'", "an https")]
    [InlineData(Location, "^^\"https://events..golden/a\"", "LF1014", "address of 'events'", "an https address")]
    [InlineData(Location, "^^\"https://0x7f.1/a\"", "LF1014", "address of 'events'", "an https address")]
    [InlineData(HostLine, "beta.ledger: { host: ^^\"a.example,b.example\", port: 5432 }", "LF1014",
        "'a.example,b.example'", "no wildcard")]
    [InlineData(HostLine, "beta.ledger: { host: ^^\"${secret:HOST}\", port: 5432 }", "LF1014", "'${secret:HOST}'",
        "a host")]
    [InlineData(HostLine, "beta.ledger: { host: db-dev.golden.example, port: ^^0 }", "LF1015", "'0'", "1 to 65535",
        "LF3010")]
    [InlineData(HostLine, "beta.ledger: ^^{ host: db-dev.golden.example }", "LF1013", "lacks the key 'port'", "port: …",
        "LF3010")]
    [InlineData(HostLine, "beta.ledger: { host: db-dev.golden.example, port: 5432, ^^tls: off }", "LF1012",
        "'beta.ledger' has no key 'tls'", "")]
    [InlineData(HostLine, "^^beta.ledger: { host: db-dev.golden.example, port: 5433 }", "LF3010",
        "db-dev.golden.example:5433 is outside the egress rules of the environment", "egress in azure/dev.yaml")]
    [InlineData("events: " + Location, "^^events: \"https://other.golden.example/clicks\"", "LF3010",
        "other.golden.example:443 is outside the egress rules", "egress in azure/dev.yaml")]
    [InlineData("host: events.golden.example }", "host: events.golden.example, ports: [^^0] }", "LF1015", "'0'",
        "1 to 65535", "LF3010")]
    [InlineData("host: events.golden.example }", "host: ^^\"*.golden.example\" }", "LF1014", "'*.golden.example'",
        "no wildcard", "LF3010")]
    [InlineData("name: events,", "name: ^^ledger-database,", "LF1022", "'ledger-database' is taken on line", "another")]
    [InlineData(Image, "^^landfall:1.0.0", "LF1014", "'landfall:1.0.0'", "registry/repository:tag")]
    [InlineData(Image, "^^registry.golden.example/landfall", "LF1014", "no value of 'image'", "@sha256:digest")]
    [InlineData("  beta: {", "  ^^betta: { subscription: 00000000-0000-4000-8000-000000000009 }\n  beta: {", "LF1084",
        "There is no zone 'betta'", "'beta'?")]
    [InlineData("      firewallAddress:", "      ^^netwrk: x\n      firewallAddress:", "LF1084",
        "entry of azure.existing in management/zone.yaml named 'netwrk'", "'network'?")]
    [InlineData("  beta: {", "  beta: { existing: { ^^network: " + Group
        + "/providers/Microsoft.Network/virtualNetworks/beta }, ", "LF1084",
        "entry of azure.existing in beta/zone.yaml named 'network'", "")]
    [InlineData("  alpha-team:", "  ^^alfa-team: 00000000-0000-4000-8000-000000000009\n  alpha-team:", "LF1030",
        "no group 'alfa-team'", "'alpha-team'?")]
    [InlineData("{ events:", "{ ^^event: \"https://events.golden.example\", events:", "LF1084",
        "There is no location 'event'", "'events'?")]
    [InlineData("hosts:", "hosts:\n  ^^beta.leger: { host: db-dev.golden.example, port: 5432 }", "LF1084",
        "no integration with a database 'beta.leger'", "'beta.ledger'?")]
    [InlineData("hosts:", "hosts:\n  ^^alpha.events: { host: db-dev.golden.example, port: 5432 }", "LF1084",
        "no integration with a database 'alpha.events'", "Known: beta.ledger.")]
    [InlineData("image:", "gateways: { ^^beta.report: { host: a.example, clients: [203.0.113.0/24] } }\nimage:",
        "LF1084", "no product with an entry of type gateway 'beta.report'", "")]
    [InlineData("image:", "gateways: ^^[]\nimage:", "LF1011", "'gateways' is a list", "keys with values")]
    public void Load_OneMistakeInAnEnvironment_IsReportedWithPlaceAndFix(
        string before, string after, string code, string message, string hint, string also = "")
    {
        using EstateFolder folder = new();
        AssertOneMistake(folder, Dev, before, after, code, message, hint, also);
    }

    [Theory]
    [InlineData("management/policies/tags.json", 1)]
    [InlineData("beta/policies/tags.json", 1)]
    [InlineData("beta/policies/tests/tags.json", 0)]
    [InlineData("beta/policies/tags.yaml", 0)]
    public void Load_ZonesWithPoliciesInOneSubscription_AreReported(string file, int problems)
    {
        using EstateFolder folder = new();
        folder.Write(file, "{}");
        folder.Change(Dev, "00000000-0000-4000-8000-000000000004", "00000000-0000-4000-8000-000000000003");

        ImmutableArray<Diagnostic> found = folder.Problems();

        Assert.Equal(problems, found.Length);
        Assert.All(found, d => Assert.Equal(
            ("LF1086", "The zones alpha and beta share a subscription, and policies bind all that is in it."),
            (d.Code, d.Message)));
    }

    [Theory]
    [InlineData("  beta: { subscription: 00000000-0000-4000-8000-000000000004 }\n", "1:1",
        "zones.beta: the subscription")]
    [InlineData("      firewallAddress: 10.0.0.4\n", "9:3",
        "zones.management.existing.firewallAddress: what management/zone.yaml says is there already")]
    [InlineData("      purview: " + GoldenEstate.Hub + "/Microsoft.Purview/accounts/golden\n", "9:3",
        "zones.management.existing.purview: what management/zone.yaml says")]
    [InlineData("  alpha-team: 00000000-0000-4000-8000-000000000006\n", "1:1", "groups.alpha-team: the object id")]
    [InlineData("locations: { events: " + Location + " }\n", "1:1", "locations.events: where the location is")]
    [InlineData("  " + HostLine + "\n", "1:1", "hosts.beta.ledger: where the integration with a database is")]
    [InlineData("\nimage: " + Image, "1:1", "image: the container image of Landfall that jobs and endpoints run")]
    public void Load_EnvironmentLacksWhatTheEstateNeeds_IsReported(string line, string place, string lacks)
    {
        using EstateFolder folder = new();
        folder.Change(Dev, line, "");

        Diagnostic found = Assert.Single(folder.Problems());

        Assert.Equal("LF1083", found.Code);
        Assert.Equal($"{Dev}:{place}", found.Location.ToString());
        Assert.StartsWith($"The environment lacks {lacks}", found.Message, StringComparison.Ordinal);
        Assert.Equal("Add it to azure/dev.yaml.", found.Hint);
    }

    [Theory]
    [InlineData(Management, "existing: [network,", "existing: [^^netwrk, network,", "LF1016", "'netwrk'", "'network'?")]
    [InlineData(Management, "existing: [network,", "existing: [network, ^^network,", "LF1022", "twice", "Remove one")]
    [InlineData(Management, "azure: { existing:", "azure: { ^^exists: 1, existing:", "LF1012",
        "The zone's azure has no key 'exists'", "Known: existing.")]
    [InlineData(Management, "azure: {", "azure: ^^[x]\nsharing: { classifications: [public] }\n# {", "LF1011",
        "The zone's azure is a list", "keys with values", "LF1084")]
    [InlineData(Alpha, "existing: [network]", "existing: [network, ^^purview]", "LF1016", "'purview'",
        "Known: network.")]
    [InlineData(Alpha, "{ existing: [network] }", "^^{ }", "LF1013", "lacks the key 'existing'", "existing: …",
        "LF1084")]
    [InlineData(Alpha, "service: containerJob", "service: ^^containerjobs", "LF1016", "'containerjobs'",
        "'containerJob'?")]
    [InlineData(Alpha, "service: containerJob", "service: ^^dataFactory", "LF1016", "'dataFactory'",
        "Known: containerJob, databricks, synapse.")]
    [InlineData(Alpha, "service: containerJob", "service: containerJob, ^^size: 2", "LF1012",
        "The pool's azure has no key 'size'", "Known: service.")]
    [InlineData(Events, "service: dataFactory", "service: ^^datafactori", "LF1016", "'datafactori'", "'dataFactory'?")]
    [InlineData(Events, "service: dataFactory", "service: ^^machineLearning", "LF1016", "'machineLearning'", "synapse")]
    [InlineData(Events, "runtime: selfHosted", "runtime: ^^self-hosted", "LF1016", "'self-hosted'", "'selfHosted'?")]
    [InlineData(Events, "runtime: selfHosted", "^^entry: { type: powerBi }", "LF1012",
        "The azure of 'events' has no key 'entry'", "Known")]
    [InlineData(Events, "{ service: dataFactory, runtime: selfHosted }", "^^{ runtime: selfHosted }", "LF1085",
        "Only a data factory and Synapse have a runtime of one's own", "service: dataFactory")]
    [InlineData(Events, "{ service: dataFactory, runtime: selfHosted }", "^^dataFactory", "LF1011",
        "The azure of 'events' is a", "keys with values")]
    [InlineData(Beta, "azure: { service: synapse }", "azure: { service: ^^synaps }", "LF1016", "'synaps'",
        "'synapse'?")]
    [InlineData(Beta, "azure: { service: synapse }", "azure: { service: databricks }", "LF1085",
        "Only a data factory and Synapse", "a pool with service: synapse")]
    [InlineData(Beta, "dedicatedTo: ledger,\n      azure: { service: synapse } }", "dedicatedTo: ledger }", "LF1085",
        "Only a data factory and Synapse", "or remove runtime")]
    [InlineData(Ledger, "pool: ledger", "pool: ^^leger", "LF1031", "'leger'", "'ledger'?")]
    [InlineData(Report, "type: powerBi", "type: ^^powerbI2", "LF1016", "'powerbI2'", "'powerBi'?")]
    [InlineData(Report, "type: powerBi", "type: powerBi, authentication: ^^key", "LF1048", "an entry of type gateway",
        "Remove")]
    [InlineData(Report, "{ type: powerBi }", "{ type: powerBi, ^^host: a }", "LF1012", "The entry has no key 'host'",
        "")]
    [InlineData(Report, "service: synapse, entry", "service: ^^synaps, entry", "LF1016", "'synaps'", "'synapse'?")]
    [InlineData(Report, "service: synapse, entry", "service: synapse, ^^runtime: selfHosted, entry", "LF1012",
        "no key 'runtime'", "Known")]
    [InlineData(Report, "{ service: synapse, entry: { type: powerBi } }", "^^{ service: machineLearning }", "LF1085",
        "Machine Learning serves an endpoint, and the product has none", "add http to serve")]
    [InlineData(Report, "{ service: synapse, entry: { type: powerBi } }", "^^{ entry: { type: powerBi } }", "LF1085",
        "An entry of type powerBi leads to synapse", "service: synapse")]
    [InlineData(Report, "{ type: powerBi }", "^^{ type: gateway }", "LF1013",
        "The entry lacks the key 'authentication'", "authentication: …", "LF1083,LF1085")]
    [InlineData(Report, "{ service: synapse, entry: { type: powerBi } }",
        "^^{ service: synapse, entry: { type: gateway, authentication: key } }", "LF1085",
        "An entry of type gateway leads to machineLearning", "or remove the entry", "LF1083")]
    [InlineData(Report, "serve: [sql]\n", "", "LF1085", "Power BI reads SQL, and the product serves none", "Add sql")]
    public void Load_OneMistakeInAnAzureKey_IsReportedWithPlaceAndFix(
        string file, string before, string after, string code, string message, string hint, string also = "")
    {
        using EstateFolder folder = new();
        AssertOneMistake(folder, file, before, after, code, message, hint, also);
    }

    [Theory]
    [InlineData(Dev, "\n  operations.cloud-service-recommender: " + Gateway, "", "LF1083",
        "gateways.operations.cloud-service-recommender: where the product with an entry", "azure/dev.yaml")]
    [InlineData(Dev, "gateways:", "gateways:\n  ^^operations.cloud-recommender: " + Gateway, "LF1084",
        "'operations.cloud-recommender'", "'operations.cloud-service-recommender'?")]
    [InlineData(Dev, "host: recommender-dev.relecloud.example", "host: ^^recommender dev", "LF1014",
        "'recommender dev'", "a host name")]
    [InlineData(Dev, "[203.0.113.0/24]", "[^^203.0.113.7/24]", "LF1014", "'203.0.113.7/24'", "203.0.113.0/24")]
    [InlineData(Dev, "[203.0.113.0/24]", "[^^203.0.113.7]", "LF1014", "'203.0.113.7'", "203.0.113.0/24")]
    [InlineData(Dev, "[203.0.113.0/24]", "[^^\"2001:db8::/32\"]", "LF1014", "'2001:db8::/32'", "IPv4")]
    [InlineData(Dev, "[203.0.113.0/24]", "^^[]", "LF1014", "no clients", "203.0.113.0/24")]
    [InlineData(Dev, "[203.0.113.0/24]", "[203.0.113.0/24], ^^tls: off", "LF1012", "no key 'tls'", "Known")]
    [InlineData(Recommender, "authentication: key", "authentication: ^^keys", "LF1016", "'keys'", "'key'?")]
    [InlineData(Recommender, "type: gateway", "type: ^^gatway", "LF1016", "'gatway'", "'gateway'?")]
    [InlineData(Recommender, "entry: { type: gateway, authentication: key }", "entry: ^^{ type: gateway }", "LF1013",
        "lacks the key 'authentication'", "authentication: …")]
    [InlineData(Recommender, "serve: [sql, http]", "serve: [sql]", "LF1085", "Machine Learning serves an endpoint",
        "add http to serve")]
    public void Load_OneMistakeAtAGateway_IsReportedWithPlaceAndFix(
        string file, string before, string after, string code, string message, string hint)
    {
        using EstateFolder folder = new(ShippedEstatesTests.Relecloud());
        AssertOneMistake(folder, file, before, after, code, message, hint, "");
    }

    [Fact]
    public void Load_LocationWithASignature_NeverRepeatsIt()
    {
        using EstateFolder folder = new();
        folder.Change(Dev, "golden.example/clicks", "golden.example/clicks?sig=hunter2");

        Assert.DoesNotContain("hunter2", Assert.Single(folder.Problems()).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pord.yaml", "'pord' is no environment", "Did you mean 'prod'?")]
    [InlineData("staging.yaml", "'staging' is no environment", "Known: dev, prod, test.")]
    public void Load_FileOfAnUnknownEnvironment_IsReported(string name, string message, string hint)
    {
        using EstateFolder folder = new();
        folder.Write($"azure/{name}", "a: 1");

        Diagnostic found = Assert.Single(folder.Problems());

        Assert.Equal("LF1016", found.Code);
        Assert.Equal($"azure/{name}:1:1", found.Location.ToString());
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(hint, found.Hint);
    }

    [Theory]
    [InlineData(Ledger)]
    [InlineData(Events)]
    [InlineData(Report)]
    [InlineData(Alpha)]
    [InlineData(Dev)]
    [InlineData("estate.yaml")]
    public void Load_UnreadableManifest_IsTheOnlyError(string file)
    {
        using EstateFolder folder = new();
        folder.Write(file, "id: [unclosed");

        Diagnostic only = Assert.Single(folder.Problems(), d => d.Severity == Severity.Error);

        Assert.Equal("LF1001", only.Code);
        Assert.Equal(file, only.Location.File);
    }

    [Fact]
    public void Load_MistakesInAnUnreadableEstatesEnvironment_AreReportedToo()
    {
        using EstateFolder folder = new();
        folder.Write("estate.yaml", "id: [unclosed");
        folder.Change(Dev, "kind: AzureEnvironment", "kind: Environment");

        Assert.Equal(["LF1018", "LF1001"], folder.Problems().Select(d => d.Code));
    }

    private static void AssertOneMistake(
        EstateFolder folder, string file, string before, string after, string code, string message, string hint,
        string also)
    {
        folder.Change(file, before, after);

        Assert.Null(OneMistake.AssertReported(folder, after, code, message, hint, also).Estate);
    }
}

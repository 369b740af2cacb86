using System.Text.Json;
using Landfall.Cli.Tests.Estates;
using Landfall.Testing;

namespace Landfall.Cli.Tests;

/// <summary>Policies on the program as a process: <c>policy</c>, <c>validate</c>, <c>plan</c>.</summary>
public sealed class PolicyCommandsTests : IDisposable
{
    private const string Policy = """
        {
          "name": "private-vaults",
          "properties": {
            "displayName": "Vaults are private",
            "mode": "All",
            "policyRule": {
              "if": {
                "allOf": [
                  { "field": "type", "equals": "Microsoft.KeyVault/vaults" },
                  { "field": "Microsoft.KeyVault/vaults/publicNetworkAccess", "notEquals": "Disabled" }
                ]
              },
              "then": { "effect": "deny" }
            }
          }
        }
        """;

    private static readonly string Relecloud = Path.Combine(RepositoryRoot.Folder, "estates", "relecloud");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Disabled", 0, "1 policy on 1 resource: 1 compliant, 0 unknown, 0 denied.")]
    [InlineData("Enabled", 1, "1 policy on 1 resource: 0 compliant, 0 unknown, 1 denied.")]
    [InlineData("[reference('x').access]", 1, "1 policy on 1 resource: 0 compliant, 1 unknown, 0 denied.")]
    public async Task Evaluate_OfASnapshot_EndsWithOneWhereItMayBeDenied(string access, int exitCode, string summary)
    {
        Write(access);

        CliResult result = await RunAsync(
            "evaluate", "--policies", "policies", "--snapshot", "main.snapshot.json", "--format", "json");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(summary, result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.Lines.Length);
        foreach (JsonElement row in result.Lines.Select(l => JsonDocument.Parse(l).RootElement))
        {
            Assert.Equal("private-vaults", row.GetProperty("policy").GetString());
            Assert.Contains("if.allOf[1]: ", row.GetProperty("deciding").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Explain_OfAResource_ShowsWhatDecided()
    {
        Write("Enabled");

        CliResult result = await RunAsync(
            "explain", "kv-1", "--policies", "policies", "--snapshot", "main.snapshot.json");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("denied  private-vaults (deny): Vaults are private.", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "    if.allOf[1] is true: Microsoft.KeyVault/vaults/publicNetworkAccess notEquals \"Disabled\", found "
            + "\"Enabled\"",
            result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LF5330", "evaluate", "--policies", "policies", "--snapshot", "none.json")]
    [InlineData("LF5330", "evaluate", "--policies", "policies", "--snapshot", "policies/policy.json")]
    [InlineData("LF5332", "evaluate", "--policies", "none", "--snapshot", "main.snapshot.json")]
    [InlineData("LF5331", "explain", "kv-2", "--policies", "policies", "--snapshot", "main.snapshot.json")]
    [InlineData("LF5001", "evaluate", "--policies", "policies")]
    [InlineData("LF5001", "evaluate", "--policies", "policies", "--environment", "stage")]
    public async Task Command_ThatCannotRun_EndsWithTwo(string code, params string[] arguments)
    {
        Write("Enabled");

        CliResult result = await RunAsync(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"error {code}:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OfAPolicyWithAMistake_SaysWhereAndEndsWithOne()
    {
        Write("Disabled");
        _folder.Write("policies/policy.json", Policy.Replace("notEquals", "notEqual", StringComparison.Ordinal));

        CliResult result = await RunAsync("evaluate", "--policies", "policies", "--snapshot", "main.snapshot.json");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "policy.json:10:71: error LF5303: There is no operator notEqual. Did you mean 'notEquals'?", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OfTheEstate_NamesItsExemptionsAndNothingElse()
    {
        CliResult result = await RunAsync("evaluate", "--environment", "dev", "--format", "json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["exempt baseline/spark-compute-isolation"],
            result.Lines.Select(l => JsonDocument.Parse(l).RootElement)
                .Select(r => $"{r.GetProperty("outcome").GetString()} {r.GetProperty("policy").GetString()}")
                .Distinct());
        Assert.Contains("0 unknown, 3 exempt, 0 denied.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfTheEstatesCases_Passes_AndOfAWrongOneFails()
    {
        _folder.Write("wrong.yaml", """
            apiVersion: landfall/v1
            kind: PolicyTest
            cases:
              - name: a public vault
                policy: private-vaults
                resource: { type: Microsoft.KeyVault/vaults, name: kv, properties: { publicNetworkAccess: Enabled } }
                expect: compliant
              - name: a policy that there is not
                policy: private-vault
                resource: { type: Microsoft.KeyVault/vaults, name: kv }
                expect: denied
            """);
        Write("Enabled");

        CliResult shipped = await RunAsync("test");
        CliResult wrong = await RunAsync("test", "wrong.yaml", "--policies", "policies");

        Assert.Equal(0, shipped.ExitCode);
        Assert.Contains("20 passed, 0 failed of 20 cases in 2 files.", shipped.Error, StringComparison.Ordinal);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains(
            "wrong.yaml:4:5: LF5333: It is denied where compliant was expected", wrong.Output,
            StringComparison.Ordinal);
        Assert.Contains("There is no definition private-vault. Did you mean", wrong.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cases: []\nx: 1", "LF1012")]
    [InlineData("cases: [{ name: a, policy: b, resource: { type: c, name: d }, expect: refused }]", "LF1016")]
    [InlineData("cases: [{ name: a, policy: b, expect: denied }]", "LF1013")]
    public async Task Test_OfAFileWithMistakes_SaysWhereAndEndsWithOne(string text, string code)
    {
        Write("Enabled");
        _folder.Write("cases.yaml", $"apiVersion: landfall/v1\nkind: PolicyTest\n{text}\n");

        CliResult result = await RunAsync("test", "cases.yaml", "--policies", "policies");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"error {code}:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidateAndPlan_OfAnEstateWithAWrongPolicy_SayWhere()
    {
        string estate = Path.Combine(_folder.Path, "estate");
        EstateCopy.Whole(Relecloud, estate);
        string file = Path.Combine(estate, "management", "policies", "require-tls.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"notIn\"", "\"notInn\"", StringComparison.Ordinal));
        const string expected =
            "management/policies/require-tls.json:24:81: error LF5303: There is no operator notInn.";

        CliResult validated = await CliProgram.RunInAsync(_folder.Path, ["validate", "--estate", "estate"]);
        CliResult planned = await CliProgram.RunInAsync(_folder.Path, ["plan", "--estate", "estate"]);
        CliResult generated = await CliProgram.RunInAsync(
            _folder.Path, ["azure", "generate", "--estate", "estate", "--environment", "dev", "--out", "out"]);

        Assert.Equal((1, 1, 1), (validated.ExitCode, planned.ExitCode, generated.ExitCode));
        Assert.Contains(expected, validated.Output, StringComparison.Ordinal);
        Assert.Contains(expected, planned.Error, StringComparison.Ordinal);
        Assert.Contains("error LF5303: A policy of the estate is wrong at", generated.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out")));
    }

    private void Write(string access)
    {
        _folder.Write("policies/policy.json", Policy);
        _folder.Write("main.snapshot.json", $$"""
            {
              "predictedResources": [
                {
                  "id": "/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-1",
                  "type": "Microsoft.KeyVault/vaults", "name": "kv-1", "apiVersion": "2023-07-01",
                  "properties": { "publicNetworkAccess": "{{access}}" }
                }
              ]
            }
            """);
    }

    private Task<CliResult> RunAsync(params string[] arguments) => CliProgram.RunInAsync(
        _folder.Path, ["policy", .. arguments, "--estate", Relecloud, "--home", "home"]);
}

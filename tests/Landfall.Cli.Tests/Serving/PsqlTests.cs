using System.Text;
using System.Text.RegularExpressions;

namespace Landfall.Cli.Tests.Serving;

/// <summary>
/// What psql shows an analyst of tables, by the line that <c>bi connect</c> prints. Each version of psql shows it in
/// its own way: the text is golden for the versions that have a file.
/// </summary>
[Collection(ReadersCollection.Name)]
public sealed partial class PsqlTests(ReadersFixture fixture)
{
    private static readonly string[] _commands =
    [
        @"\dn+ shop", @"\dt shop.*", @"\d shop.customer", @"\d+ shop.customer", @"\d shop.sale", @"\d+ shop.sale_line",
        @"\d shop.delivery", @"\d+ kinds.every", @"\d report.by_month", @"\d inbox.item",
    ];

    [Fact]
    public async Task Describe_AsTheAnalyst_IsAsGolden()
    {
        string version = await VersionAsync();
        string golden = Path.Combine(
            Repository.Root, "tests", "Landfall.Cli.Tests", "Serving", "Golden", $"psql-{version}.verified.txt");
        StringBuilder text = new();
        foreach (string command in _commands)
        {
            text.Append(command).Append('\n').Append(await ShowAsync(command)).Append('\n');
        }

        if (Environment.GetEnvironmentVariable("LANDFALL_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            await File.WriteAllTextAsync(golden, text.ToString());
        }

        Assert.SkipUnless(
            File.Exists(golden), $"There is no golden text of psql {version}; LANDFALL_ACCEPT=1 writes one.");
        Assert.Equal(await File.ReadAllTextAsync(golden), text.ToString());
    }

    /// <summary>What holds of every version of psql.</summary>
    [Fact]
    public async Task Describe_InAnyVersion_HasCommentsKeysAndTypes()
    {
        await VersionAsync();

        string customer = await ShowAsync(@"\d+ shop.customer");
        Assert.Matches(@"customer_id \| text +\|.*\| not null \|.*It's the customer's\.", customer);
        Assert.Contains("\"customer_pkey\" PRIMARY KEY, btree (customer_id)", customer, StringComparison.Ordinal);
        Assert.Contains("\"customer_code_key\" UNIQUE CONSTRAINT, btree (code)", customer, StringComparison.Ordinal);
        Assert.Contains("FOREIGN KEY (customer_id) REFERENCES", customer, StringComparison.Ordinal);
        Assert.Matches(@"moment +\| timestamp with time zone +\|", await ShowAsync(@"\d kinds.every"));
        Assert.Matches("shop.*Who buys\\.", (await ShowAsync(@"\dt+ shop.customer")).ReplaceLineEndings(" "));
        Assert.Contains("shop of the estate", await ShowAsync(@"\dn+ shop"), StringComparison.Ordinal);
    }

    /// <summary>The major version; the test is skipped where psql is not installed.</summary>
    private static async Task<string> VersionAsync()
    {
        CliResult? result = null;
        try
        {
            result = await CliProgram.StartAsync(Path.GetTempPath(), "psql", ["--version"], []);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("psql is not installed: apt-get install postgresql-client");
        }

        return Major().Match(result!.Output).Value;
    }

    private async Task<string> ShowAsync(string command)
    {
        CliResult result = await CliProgram.StartAsync(
            Path.GetTempPath(), "sh", ["-c", $"{fixture.LineOf("psql")} -X -v ON_ERROR_STOP=1 -c \"$0\"", command],
            new() { ["PGPASSWORD"] = fixture.Password, ["PAGER"] = "", ["LC_ALL"] = "C.UTF-8" });
        Assert.True(result.ExitCode == 0, result.Error);
        return Blanks().Replace(result.Output.ReplaceLineEndings("\n"), "\n");
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Major();

    /// <summary>Blanks before the end of a line, which no file of the repository has.</summary>
    [GeneratedRegex(@" +\n")]
    private static partial Regex Blanks();
}

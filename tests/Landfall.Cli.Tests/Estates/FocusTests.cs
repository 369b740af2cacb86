using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.VisualBasic.FileIO;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Any FOCUS cost export, given by path.</summary>
public sealed class FocusTests
{
    private static readonly string Sample = Path.GetFullPath(
        Path.Combine(Repository.Root, "..", "shared", "data", "focus", "focus_sample.csv"));

    [SampleFact]
    public async Task Run_RealBill_TotalsAreThoseOfTheFile()
    {
        await using DemoHome home = new(Path.Combine(Repository.Root, "estates", "focus"));
        await home.RunAsync("run", "--location", $"cost-export={Sample}");

        List<Dictionary<string, string?>> rows = await home.QueryAsync(
            "select month, provider_name, service_name, service_category, billing_currency, charges, billed_cost "
            + "from finance.revenue_by_service.revenue_by_service");

        Dictionary<string, (long Charges, decimal Cost)> actual = rows.ToDictionary(
            r => $"{r["month"]} {r["provider_name"]} {r["service_name"]} "
                + $"{r["service_category"]} {r["billing_currency"]}",
            r => (long.Parse(r["charges"]!, CultureInfo.InvariantCulture),
                decimal.Parse(r["billed_cost"]!, NumberStyles.Float, CultureInfo.InvariantCulture)));
        Assert.Equal(Expected(), actual);
    }

    /// <summary>The file added up by another reader of CSV.</summary>
    private static Dictionary<string, (long Charges, decimal Cost)> Expected()
    {
        using TextFieldParser parser = new(Sample) { TextFieldType = FieldType.Delimited,
            HasFieldsEnclosedInQuotes = true };
        parser.SetDelimiters(",");
        string[] names = parser.ReadFields()!;
        Dictionary<string, (long Charges, decimal Cost)> totals = [];
        while (!parser.EndOfData)
        {
            string[] fields = parser.ReadFields()!;
            string Field(string name) => fields[Array.IndexOf(names, name)];
            string key = $"{Field("ChargePeriodStart")[..7]}-01 {Field("ProviderName")} {Field("ServiceName")} "
                + $"{Field("ServiceCategory")} {Field("BillingCurrency")}";
            (long charges, decimal cost) = totals.GetValueOrDefault(key);
            decimal billed = decimal.Parse(Field("BilledCost"), NumberStyles.Float, CultureInfo.InvariantCulture);
            totals[key] = (charges + 1, cost + billed);
        }

        return totals;
    }

    private sealed class SampleFactAttribute : FactAttribute
    {
        public SampleFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
            : base(file, line) =>
            Skip = File.Exists(Sample) ? null : "There is no shared/data/focus beside the repository.";
    }
}

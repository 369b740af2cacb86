using System.Collections.Immutable;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;
using Landfall.Estate.Types;

namespace Landfall.Recommender.Definitions;

/// <summary>The tables that a model reads and makes, and the traffic of its endpoint.</summary>
internal static class ModelChecks
{
    public static void Check(ProductCheck check)
    {
        if (ModelDetails.Of(check.Product) is not { } details)
        {
            return;
        }

        CheckInput(check, "interactions", details.Model.Interactions, ModelColumns.Interactions);
        CheckInput(check, "accounts", details.Model.Accounts, ModelColumns.Accounts);
        foreach (ProductTable table in check.Product.Tables.Where(t => t.IsComputed))
        {
            CheckColumns(check, table);
        }

        if (details.Endpoint is { } endpoint)
        {
            CheckEndpoint(check.Key, endpoint, check.Report);
        }
    }

    private static void CheckInput(
        ProductCheck check, string role, string table, IEnumerable<(string Name, DataType Type)> columns)
    {
        string[] tables = [.. check.Product.Tables.Where(t => !t.IsComputed).Select(t => t.Name)];
        string at = $"{check.Key}/model/{role}";
        if (table.Length == 0 || !check.Report.Known("LF1050", at, table, tables, "table of this product named"))
        {
            return;
        }

        foreach ((string name, DataType type) in columns)
        {
            if (check.FindColumn(table, name, $"model/{role}") is { } column && column.Type != type)
            {
                check.Report.Error(
                    "LF1045", at, $"The column '{name}' of {table} is {column.Type}.", $"A model needs it as {type}.");
            }
        }
    }

    private static void CheckColumns(ProductCheck check, ProductTable table)
    {
        if (check.Product.Contract.Tables.FirstOrDefault(t => t.Name == table.Name) is not { } promised)
        {
            return;
        }

        ImmutableArray<(string Name, DataType Type, bool Required)> columns =
            ModelColumns.Of(Enum.Parse<ModelTable>(table.Name, ignoreCase: true));
        string right = Text(columns);
        string written = Text(promised.Columns.Select(c => (c.Name, c.Type, c.Required)));
        string former = Text(columns.Select(
            c => (ModelColumns.FormerNames.GetValueOrDefault(c.Name, c.Name), c.Type, c.Required)));
        if (written == former && written != right)
        {
            check.Report.Warning(
                "LF1056", $"{check.Key}/contract/table:{table.Name}",
                $"The table '{table.Name}' of a model has columns by their former names.",
                $"Rename {string.Join(", ", ModelColumns.FormerNames.Select(f => $"{f.Value} to {f.Key}"))} and raise "
                + "the contract's major version; the next run renames them in the lake.");
        }
        else if (written != right)
        {
            check.Report.Error(
                "LF1051", $"{check.Key}/contract/table:{table.Name}",
                $"The table '{table.Name}' of a model has other columns.", $"Write, in this order: {right}.");
        }
    }

    private static string Text(IEnumerable<(string Name, DataType Type, bool Required)> columns) =>
        string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}{(c.Required ? " required" : "")}"));

    private static void CheckEndpoint(string key, EndpointDefinition endpoint, Report report)
    {
        if (endpoint.Name.Length is > 0 and (< 3 or > 32))
        {
            report.Error(
                "LF1052", $"{key}/endpoint/name", $"The endpoint's name '{endpoint.Name}' has not 3 to 32 characters.",
                "Choose another.");
        }

        if (endpoint.Deployments.Sum(d => d.Traffic) != 100)
        {
            report.Error(
                "LF1053", $"{key}/endpoint/deployments",
                $"The traffic of the deployments adds up to {endpoint.Deployments.Sum(d => d.Traffic)}.",
                "Make it 100.");
        }

        if (endpoint.Deployments.Count(d => d.Mirror > 0) > 1)
        {
            report.Error(
                "LF1053", $"{key}/endpoint/deployments", "Several deployments mirror requests.", "Leave one.");
        }

        if (endpoint.HoldoutShare is > 0 and < 0.05)
        {
            report.Error(
                "LF1054", $"{key}/endpoint/holdout", "A holdout below 0.05 shows nothing.",
                "Write 0.05 to 0.1, or 0 for none.");
        }
    }
}

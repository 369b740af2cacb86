using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Names;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>A product's pool and serving, and its tables against its contract.</summary>
internal static class ProductChecks
{
    public static void Check(
        EstateDefinition estate, Zone zone, Product product, IReadOnlyCollection<IProductManifest> kinds,
        Report report)
    {
        string key = $"zone:{zone.Id}/product:{product.Id}";
        _ = UnitChecks.CheckHead(estate, zone, key, product.Id, product.Owner, product.Pool, report);
        foreach (string way in product.Serve)
        {
            report.RequireTool(zone.Id, $"{key}/serve", way, zone.Tools.Serving, "serving");
        }

        UnitChecks.CheckTables(
            key, [.. product.Tables.Select(t => t.Name).Where(n => n.Length > 0)], product.Contract, report);
        kinds.Single(k => k.Type == product.Type).Check(new(product, report));
        foreach (ProductTable table in product.Tables)
        {
            CheckIncremental(estate, zone, product, table, report);
        }
    }

    private static void CheckIncremental(
        EstateDefinition estate, Zone zone, Product product, ProductTable table, Report report)
    {
        if (table.Incremental is not { } rule)
        {
            return;
        }

        string key = $"zone:{zone.Id}/product:{product.Id}/table:{table.Name}/incremental";
        ContractColumn? column = rule.Column.Length == 0
            ? null
            : report.FindColumn(product.Contract, table.Name, rule.Column, $"{key}/column");
        if (column is not null && column.Type.Kind
            is not (TypeKind.Date or TypeKind.String or TypeKind.Int or TypeKind.BigInt))
        {
            report.Error(
                "LF1045", $"{key}/column", $"The incremental column '{column.Name}' is {column.Type}.",
                "Choose a date, a string, an int or a bigint: a table is partitioned by it.");
        }

        foreach (TableName input in rule.Inputs.Keys)
        {
            CheckInput(estate, new(zone.SqlName, product.SqlName, table.Name), input, key, report);
        }
    }

    private static void CheckInput(EstateDefinition estate, TableName self, TableName input, string key, Report report)
    {
        string at = $"{key}/input:{input}";
        if (input == self)
        {
            report.Error("LF1047", at, "The table is its own input.", "Remove it.");
            return;
        }

        if (report.IsUnreadable(input.Zone) || report.IsUnreadable(input.Unit))
        {
            return;
        }

        Zone? zone = estate.Zones.FirstOrDefault(z => z.SqlName == input.Zone);
        ImmutableSortedDictionary<string, Contract> contracts =
            zone is null ? ImmutableSortedDictionary<string, Contract>.Empty : ZoneChecks.Contracts(zone);
        Contract? contract = contracts.FirstOrDefault(c => TableName.SqlName(c.Key) == input.Unit).Value;
        if (contract is null or { Tables.IsEmpty: false }
            && contract?.Tables.Any(t => t.Name == input.Table) != true)
        {
            string[] known = [.. estate.Zones.SelectMany(TablesOf).Where(t => t != self.ToString())];
            string? close = Spelling.Closest(input.ToString(), known);
            report.Error(
                "LF1047", at, $"There is no table {input}.",
                close is null ? "Write a table that the SQL reads." : $"Did you mean '{close}'?");
        }
    }

    private static IEnumerable<string> TablesOf(Zone zone) =>
        ZoneChecks.Contracts(zone).SelectMany(c =>
            c.Value.Tables.Select(t => new TableName(zone.SqlName, TableName.SqlName(c.Key), t.Name).ToString()));
}

using Landfall.Estate;
using Landfall.Estate.Names;
using Landfall.Estate.Zones;
using Landfall.Serving.PowerBi;

namespace Landfall.Cli;

/// <summary>An integration or product that commands for analysts are given.</summary>
/// <param name="Unit">It, as analysts see it.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="ServesSql">Whether its tables are read by SQL.</param>
/// <param name="Manifest">The file that says so.</param>
internal sealed record NamedUnit(BiUnit Unit, Zone Zone, bool ServesSql, string Manifest)
{
    /// <summary>Finds the integration or product that a name means, with <c>-</c> or <c>_</c>.</summary>
    /// <exception cref="UsageException">
    /// LF4922 where none or several have the name; LF4921 where it is not served by SQL.
    /// </exception>
    public static NamedUnit Resolve(EstateDefinition estate, string text)
    {
        IReadOnlyList<NamedUnit> all = [.. estate.Zones.SelectMany(All)];
        string name = TableName.SqlName(text.ToLowerInvariant());
        NamedUnit[] found =
            [.. all.Where(u => $".{u.Unit.Id}".EndsWith("." + name, StringComparison.Ordinal))];
        if (found.Length != 1)
        {
            bool hasZone = name.Contains('.', StringComparison.Ordinal);
            string? hint = found.Length > 1
                ? $"Several zones have one: {string.Join(", ", found.Select(u => u.Unit.Id))}."
                : Spelling.Hint(name, all.Select(u => hasZone ? u.Unit.Id : u.Unit.Schema));
            throw new UsageException(
                CliCodes.UnknownUnit,
                $"There is no one integration or product {text}. Nothing was written. {hint}".TrimEnd());
        }

        return found[0].ServesSql ? found[0] : throw new UsageException(
            PowerBiCodes.NotServed,
            $"{found[0].Unit.Id} is not served by SQL. Nothing was written. Add serve: [sql] to {found[0].Manifest}, "
            + "then run.");
    }

    private static IEnumerable<NamedUnit> All(Zone zone) =>
    [
        .. zone.Products.Select(p => new NamedUnit(
            BiUnit.Of(p), zone, p.ServesSql, $"{zone.Id}/products/{p.Id}/product.yaml")),
        .. zone.Integrations.Select(i => new NamedUnit(
            BiUnit.Of(i), zone, i.ServesSql, $"{zone.Id}/integrations/{i.Id}/integration.yaml")),
    ];
}

using System.Collections.Immutable;
using Landfall.Engine.Lakes;

namespace Landfall.Engine.Planning;

/// <summary>
/// Folders of a lake that nothing declares any more: a renamed or removed id leaves its data behind, which is never
/// deleted silently.
/// </summary>
internal static class Orphans
{
    /// <summary>Finds them, relative to the lake's root, in order.</summary>
    public static ImmutableArray<string> Find(Lake lake, EstateCatalog catalog)
    {
        if (!Directory.Exists(lake.Root))
        {
            return [];
        }

        HashSet<string> tables = [.. catalog.Tables.Select(t => Relative(lake, lake.TableFolder(t.Name, t.Layer)))];
        tables.UnionWith(catalog.Tables.Where(t => t.Kind == TableKind.Enriched)
            .Select(t => Relative(lake, lake.TableFolder(t.Name, LakeLayer.Raw))));
        return
        [
            .. Tables(lake.Root).Select(f => Relative(lake, f)).Where(f => !tables.Contains(f))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Folders at the depth of tables: zone, layer, unit, table. Names with <c>_</c> in front are Landfall's.
    /// </summary>
    private static IEnumerable<string> Tables(string root) =>
        from zone in Folders(root)
        from layer in Folders(zone)
        where Path.GetFileName(layer) is "raw" or "enriched" or "curated"
        from unit in Folders(layer)
        from table in Folders(unit)
        select table;

    private static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(f => !Path.GetFileName(f).StartsWith('_'));

    private static string Relative(Lake lake, string folder) => Path.GetRelativePath(lake.Root, folder);
}

using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Engine.Maintenance;

/// <summary>
/// Compacts the small files of the management zone's own tables after a run that wrote, so that years of runs stay
/// fast: every event of a run is a commit with a file of its own.
/// </summary>
/// <param name="session">The open estate.</param>
internal sealed class PlatformCompaction(EngineSession session)
{
    /// <summary>Small files from which on joining them is worth a commit.</summary>
    public const int FilesMax = 64;

    /// <summary>
    /// A joined file of about this size is done with. Not more: until it has it, it is rewritten with every
    /// <see cref="FilesMax"/> files.
    /// </summary>
    private static readonly OptimizeOptions Options =
        new() { TargetBytes = 8 << 20, AttemptsMax = 1, Automatic = true };

    /// <summary>
    /// Compacts what has gathered. Returns what went wrong, which harms nothing: the next run tries again.
    /// </summary>
    public async Task<IReadOnlyList<LandfallException>> RunAsync(CancellationToken cancellationToken)
    {
        List<LandfallException> failures = [];
        foreach (CatalogTable table in session.Catalog.Tables.Where(t => t.Kind == TableKind.Platform))
        {
            try
            {
                string folder = session.Lake.TableFolder(table.Name, table.Layer);
                TableOptimizer optimizer =
                    new(folder, session.Open(table), session.Engine, session.Ids, session.Clock);
                _ = await CompactAsync(optimizer, cancellationToken);
            }
            catch (LandfallException e)
            {
                failures.Add(e);
            }
        }

        return failures;
    }

    /// <summary>Compacts a table's small files where there are many; null where there are not.</summary>
    internal static Task<OptimizeResult?> CompactAsync(TableOptimizer optimizer, CancellationToken cancellationToken) =>
        optimizer.RunIfManyAsync(Options, FilesMax, cancellationToken);
}

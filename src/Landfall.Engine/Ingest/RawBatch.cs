using Landfall.Engine.Steps;
using Landfall.Estate.Integrations;
using Landfall.Posix;

namespace Landfall.Engine.Ingest;

/// <summary>
/// The folders of a batch in raw. A batch exists once the register has it; what an ended run left behind without that
/// is landed again under the same number.
/// </summary>
public static class RawBatch
{
    /// <summary>Removes what an ended run left of a batch that is not registered.</summary>
    public static void Clear(IStepHost host, long batch)
    {
        foreach (IntegrationTable table in host.Node.Integration!.Tables)
        {
            string folder = RawPaths.FolderOf(host, table.Name, batch);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Makes the names of a batch's folders durable, from the batch up.</summary>
    public static void Sync(IStepHost host, IEnumerable<string> tables)
    {
        foreach (string table in tables.Distinct())
        {
            PosixCalls.FSyncFolder(Path.Combine(RawPaths.FolderOf(host), table));
        }

        PosixCalls.FSyncFolder(RawPaths.FolderOf(host));
    }
}

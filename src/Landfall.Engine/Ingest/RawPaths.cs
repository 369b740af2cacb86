using System.Globalization;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Ingest;

/// <summary>Places in an integration's folder in raw.</summary>
public static class RawPaths
{
    /// <summary>The folder of a land or enrich step's integration in raw.</summary>
    public static string FolderOf(IStepHost host) =>
        host.Lake.UnitFolder(host.Node.Zone.Id, LakeLayer.Raw, host.Node.Integration!.Id);

    /// <summary>The absolute folder of a table's files of a batch.</summary>
    public static string FolderOf(IStepHost host, string table, long batch) =>
        Path.Combine(FolderOf(host), BatchFolder(table, batch));

    /// <summary>A batch's folder: <c>table/000000000012</c>.</summary>
    public static string BatchFolder(string table, long batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}/{batch:D12}");

    /// <summary>A file of a batch: <c>table/000000000012/path/of/the/source</c>.</summary>
    public static string Of(string table, long batch, string file) => $"{BatchFolder(table, batch)}/{file}";
}

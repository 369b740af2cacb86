namespace Landfall.Engine.Lakes;

/// <summary>
/// The folder in which Landfall keeps its state: <c>TARGET/lake</c>, <c>runs/ID.json</c>, <c>logs/ID.log</c>,
/// <c>secrets/NAME</c> and the demo's <c>sources</c>. All paths are absolute.
/// </summary>
/// <param name="folder">The home folder; made when first written to.</param>
public sealed class LandfallHome(string folder)
{
    /// <summary>The home folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Summaries of runs for machines, a JSON file each.</summary>
    public string Runs => Path.Combine(Folder, "runs");

    /// <summary>Logs of runs, a text file each.</summary>
    public string Logs => Path.Combine(Folder, "logs");

    /// <summary>The local vault: a file of mode 0600 for each secret.</summary>
    public string Secrets => Path.Combine(Folder, "secrets");

    /// <summary>Scratch space of running steps; what a killed one left is removed by the next step.</summary>
    public string Scratch => Path.Combine(Folder, "scratch");

    /// <summary>The server that people read published tables from, and what runs beside it.</summary>
    public string Serving => Path.Combine(Folder, "serving");

    /// <summary>The demo's source systems.</summary>
    public string Sources => Path.Combine(Folder, "sources");

    /// <summary>A path of the estate's files made absolute: relative ones start at the home folder.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);

    /// <summary>The root of a target's lake: relative ones start at the target's folder in the home.</summary>
    public string LakeRoot(Estate.Target target) => Path.GetFullPath(target.Lake, Path.Combine(Folder, target.Name));
}

using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Posix;

namespace Landfall.Cli;

/// <summary>Writes files of an estate for commands that change it.</summary>
internal static class EstateEdit
{
    /// <summary>
    /// Writes a file of the estate; where that gives the estate an error, what was there before comes back.
    /// </summary>
    /// <param name="context">The invocation.</param>
    /// <param name="file">The file, relative to the estate's folder.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="LandfallException">LF4909: the estate would have errors.</exception>
    public static void Write(CommandContext context, string file, string text)
    {
        string path = Path.Combine(context.EstateFolder(), file);
        string? before = File.Exists(path) ? File.ReadAllText(path) : null;
        Publish(path, text);
        EstateLoadResult result = EstateLoader.Load(context.EstateFolder(), Kinds.OfManifests);
        if (result.Estate is not null)
        {
            return;
        }

        if (before is null)
        {
            PosixCalls.Unlink(path);
        }
        else
        {
            Publish(path, before);
        }

        foreach (Diagnostic problem in result.Diagnostics)
        {
            context.Output.Report(problem);
        }

        throw new LandfallException(
            CliCodes.EstateInvalid, $"{file} would give the estate errors. It is as it was.");
    }

    private static void Publish(string path, string text)
    {
        PosixCalls.CreateFolder(Path.GetDirectoryName(path)!);
        string temporary = path + ".new";
        File.WriteAllText(temporary, text);
        if (File.Exists(path))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }

        DurableFiles.Publish(PosixStorageCalls.Instance, temporary, path);
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Landfall.Cli.Doctor;

/// <summary>Asks programs on the PATH for their version.</summary>
internal static class ToolVersion
{
    /// <summary>The first line that <c>PROGRAM --version</c> prints; null where there is none.</summary>
    public static async Task<string?> AskAsync(string program, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, ["--version"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? text.Split('\n')[0].Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The major version of <c>v20.1.0</c> or <c>10.0.100</c>; 0 where there is none.</summary>
    public static int MajorOf(string version)
    {
        string major = version.TrimStart('v').Split('.')[0];
        return int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}

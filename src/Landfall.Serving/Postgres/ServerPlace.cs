using System.Security.Cryptography;
using System.Text;
using Landfall.Estate;

namespace Landfall.Serving.Postgres;

/// <summary>
/// Where a server's cluster and libraries are. An ordinary user's are in the data folder; root's server runs as another
/// user, and where that one cannot reach the data folder or the programs, they move to <c>/var/tmp</c>.
/// </summary>
internal static class ServerPlace
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Readable = Passable | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Makes the data folder where it is missing; nobody else may list it.</summary>
    public static void MakeDataFolder(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder);
            File.SetUnixFileMode(dataFolder, ServerAccount.Current.User == 0 ? Passable : Owner);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Unusable(dataFolder, $"it cannot be made or is another user's ({e.Message})", e);
        }
    }

    /// <summary>The folder for the cluster: the data folder if the account reaches it, else one below
    /// <c>/var/tmp</c> that root owns.</summary>
    public static async Task<string> ChooseAsync(
        string dataFolder, ServerAccount account, CancellationToken cancellationToken)
    {
        ServerShell shell = new(account, "");
        if (account.IsCurrent
            || await shell.CanAsync(["/bin/sh", "-c", "cd \"$1\"", "sh", dataFolder], cancellationToken))
        {
            return dataFolder;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)))[..16];
        string place = $"/var/tmp/landfall-{ServerAccount.Current.User}-{hash}";
        Directory.CreateDirectory(place, Passable);
        await RequireOursAsync(place, cancellationToken);
        File.SetUnixFileMode(place, Passable);
        return place;
    }

    /// <summary>Makes the cluster's folder and gives it to the account.</summary>
    public static void MakeCluster(string cluster, ServerAccount account)
    {
        Directory.CreateDirectory(cluster, Owner);
        if (!account.IsCurrent)
        {
            NativeMethods.Give(cluster, account.User, account.Group);
        }
    }

    /// <summary>
    /// Programs that the account can run and the search path of their libraries: the package's own, or a copy.
    /// </summary>
    public static async Task<(PostgresBinaries Binaries, ServerShell Shell)> PrepareAsync(
        PostgresBinaries package, string place, ServerAccount account, CancellationToken cancellationToken)
    {
        ServerShell shell = new(account, LibraryPath(package, place));
        if (await shell.CanAsync([package.Program("postgres"), "--version"], cancellationToken))
        {
            return (package, shell);
        }

        PostgresBinaries copy = account.IsCurrent ? package : Copy(package, place);
        shell = new(account, LibraryPath(copy, place));
        (int code, string output) = await shell.RunAsync(
            [copy.Program("postgres"), "--version"], null, cancellationToken);
        return code == 0 ? (copy, shell) : throw new LandfallException(
            PostgresCodes.BinariesMissing,
            $"{copy.Program("postgres")} does not run as {account.Name} (exit code {code}): {output.Trim()} No "
            + "server was started. Run 'npm ci --prefix native' to fetch it again; on another kind of processor or an "
            + "older C library, point the estate to another PostgreSQL server.");
    }

    // The package may be read-only and is shared by all servers: the missing links stand beside the cluster.
    private static string LibraryPath(PostgresBinaries binaries, string place)
    {
        string links = Path.Combine(place, "lib");
        Directory.CreateDirectory(links);
        File.SetUnixFileMode(links, Readable);
        foreach ((string link, string file) in binaries.MissingLinks())
        {
            string path = Path.Combine(links, link);
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.Combine(binaries.Libraries, file));
        }

        return $"{links}:{binaries.Libraries}";
    }

    private static PostgresBinaries Copy(PostgresBinaries package, string place)
    {
        string target = Path.Combine(place, "programs");
        string unfinished = target + ".new";
        foreach (string old in new[] { unfinished, target }.Where(Directory.Exists))
        {
            Directory.Delete(old, recursive: true);
        }

        foreach (string file in Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(unfinished, Path.GetRelativePath(package.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
            File.SetUnixFileMode(to, Readable);
        }

        foreach (string folder in Directory.EnumerateDirectories(unfinished, "*", SearchOption.AllDirectories)
            .Append(unfinished))
        {
            File.SetUnixFileMode(folder, Readable);
        }

        NativeMethods.Replace(unfinished, target);
        return new PostgresBinaries(target);
    }

    // Anyone may make a folder in /var/tmp: one that is another's, or a link, could be theirs to change.
    private static async Task RequireOursAsync(string place, CancellationToken cancellationToken)
    {
        string test = "test ! -L \"$1\" && test -d \"$1\" && test -O \"$1\"";
        ServerShell shell = new(ServerAccount.Current, "");
        if (!await shell.CanAsync(["/bin/sh", "-c", test, "sh", place], cancellationToken))
        {
            throw Unusable(place, "it is a link or belongs to another user", null);
        }
    }

    private static LandfallException Unusable(string folder, string why, Exception? inner) => new(
        PostgresCodes.FolderUnusable,
        $"The folder {folder} cannot hold an embedded PostgreSQL server: {why}. Nothing was changed. Remove it, or "
        + "choose another home, and start again.",
        inner);
}

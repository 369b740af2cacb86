using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Serving.Access;

/// <summary>Passwords of the logins that publish, a file of mode 0600 for each zone.</summary>
/// <param name="folder">The folder.</param>
internal sealed class PublisherPasswords(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A zone's password, made up at the first call: a secret.</summary>
    public string Of(string zone)
    {
        string file = Path.Combine(folder, TableName.SqlName(zone));
        if (!File.Exists(file))
        {
            Make(file);
        }

        return File.ReadAllText(file).Trim();
    }

    /// <summary>Of two processes one makes it, and both read that.</summary>
    private void Make(string file)
    {
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        string unfinished = $"{file}.{Environment.ProcessId}";
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (StreamWriter writer = new(unfinished, options))
        {
            writer.Write(ScramSecret.NewPassword() + "\n");
        }

        _ = PosixCalls.Link(unfinished, file);
        PosixCalls.Unlink(unfinished);
    }
}

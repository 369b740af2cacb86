using System.Globalization;
using System.Security.Cryptography;
using Landfall.Engine.Lakes;

namespace Landfall.Cli.Demo;

/// <summary>
/// The two secrets that let Landfall read the demo's database: files of mode 0600 in the home's vault.
/// </summary>
/// <param name="home">The home.</param>
internal sealed class DemoVault(LandfallHome home)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The reader's password, made up at the first call.</summary>
    public string Password()
    {
        string file = Path.Combine(home.Secrets, "BILLING_DB_PASSWORD");
        if (!File.Exists(file))
        {
            Write(file, RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        return File.ReadAllText(file).TrimEnd('\n');
    }

    /// <summary>Keeps the port, which changes where another program took it.</summary>
    public void KeepPort(int port) =>
        Write(Path.Combine(home.Secrets, "BILLING_DB_PORT"), port.ToString(CultureInfo.InvariantCulture));

    private void Write(string file, string value)
    {
        Directory.CreateDirectory(home.Secrets, OwnerOnly | UnixFileMode.UserExecute);
        File.Delete(file);
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using StreamWriter writer = new(file, options);
        writer.Write(value + "\n");
    }
}

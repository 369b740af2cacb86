using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Landfall.Engine.Lakes;
using Landfall.Posix;

namespace Landfall.Cli.Demo;

/// <summary>
/// The two secrets that let Landfall read the demo's database: files of mode 0600 in the home's vault.
/// </summary>
/// <param name="home">The home.</param>
internal sealed class DemoVault(LandfallHome home)
{
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
        PrivateFile.CreateFolder(home.Secrets);
        PrivateFile.Replace(file, Encoding.UTF8.GetBytes(value + "\n"));
    }
}

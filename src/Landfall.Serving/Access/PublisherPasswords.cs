using System.Text;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Serving.Access;

/// <summary>Passwords of the logins that publish, a file of mode 0600 for each zone.</summary>
/// <param name="folder">The folder.</param>
internal sealed class PublisherPasswords(string folder)
{
    /// <summary>A zone's password, made up at the first call: a secret.</summary>
    public string Of(string zone)
    {
        string file = Path.Combine(folder, TableName.SqlName(zone));
        if (!File.Exists(file))
        {
            PrivateFile.CreateFolder(folder);
            PrivateFile.CreateUnlessThere(file, Encoding.ASCII.GetBytes(ScramSecret.NewPassword() + "\n"));
        }

        return File.ReadAllText(file).Trim();
    }
}

using System.Collections.Immutable;
using Landfall.Estate;

namespace Landfall.Engine.Lakes;

/// <summary>
/// Resolves secrets by name: an environment variable of that name, else the file of that name in the home's
/// <c>secrets</c> folder without its last line break.
/// </summary>
/// <param name="home">The home whose vault is read.</param>
public sealed class SecretVault(LandfallHome home)
{
    /// <summary>The value of a secret; throws LF4012, which names it, where there is none.</summary>
    public string Resolve(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        string file = Path.Combine(home.Secrets, name);
        if (value is null && File.Exists(file))
        {
            value = File.ReadAllText(file).TrimEnd('\n', '\r');
        }

        return value ?? throw new LandfallException(
            "LF4012",
            $"The secret {name} is neither an environment variable nor a file in {home.Secrets}. Nothing was read. "
            + $"Set {name}, or write it to that file with mode 0600, then run again.");
    }

    /// <summary>The values of several secrets by name.</summary>
    public ImmutableDictionary<string, string> Resolve(IEnumerable<string> names) =>
        names.Distinct().ToImmutableDictionary(n => n, Resolve);
}

namespace Landfall.Posix;

/// <summary>
/// Names of files that are not finished; hidden, so that no reader of a table takes them for its own.
/// </summary>
public static class TemporaryName
{
    /// <summary>A fresh name for what will be called <paramref name="name"/>.</summary>
    public static string Of(string name)
    {
        Span<byte> id = stackalloc byte[16];
        Random.Shared.NextBytes(id);
        return $".{name}.{Convert.ToHexStringLower(id)}.tmp";
    }
}

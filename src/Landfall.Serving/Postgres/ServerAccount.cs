namespace Landfall.Serving.Postgres;

/// <summary>The system user the server runs as.</summary>
/// <param name="Name">Its name, for <c>su</c> and for messages.</param>
/// <param name="User">Its user id.</param>
/// <param name="Group">Its group id.</param>
internal sealed record ServerAccount(string Name, uint User, uint Group)
{
    /// <summary>The user of this process.</summary>
    public static ServerAccount Current { get; } =
        new(Environment.UserName, NativeMethods.EffectiveUser(), NativeMethods.EffectiveGroup());

    /// <summary>Whether commands of this account need a change of user.</summary>
    public bool IsCurrent => User == Current.User;

    /// <summary>
    /// Users that root may run the server as, best first: <c>nobody</c>, which owns nothing, then people's accounts.
    /// </summary>
    public static IEnumerable<ServerAccount> Candidates(IEnumerable<string> passwdLines)
    {
        ServerAccount[] all = [.. passwdLines.Select(Parse).OfType<ServerAccount>().Where(a => a.User != 0)];
        return all.Where(a => a.Name == "nobody")
            .Concat(all.Where(a => a.Name != "nobody" && a.User >= 1000).OrderBy(a => a.User));
    }

    private static ServerAccount? Parse(string line) =>
        line.Split(':') is [{ Length: > 0 } name, _, var user, var group, ..]
        && uint.TryParse(user, out uint u) && uint.TryParse(group, out uint g)
            ? new ServerAccount(name, u, g)
            : null;
}

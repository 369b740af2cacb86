using Landfall.Estate.Agreements;

namespace Landfall.Azure.Generation;

/// <summary>
/// Conditions of roles on a lake, in the language of Azure's attribute-based access control, version 2.0: actions on
/// blobs are allowed where the account, the container and the path are right; listing, where the prefix is.
/// </summary>
internal static class LakeCondition
{
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

    private static readonly string[] _write = ["write", "add/action", "delete", "move/action"];

    /// <summary>Reading and writing below one folder.</summary>
    /// <param name="accounts">Names of storage accounts.</param>
    /// <param name="containers">Names of containers.</param>
    /// <param name="folder">The folder, which ends in a slash.</param>
    public static string Write(string[] accounts, IEnumerable<string> containers, string folder) =>
        Of(_write, accounts, containers, folder, []);

    /// <summary>Reading everything in some containers.</summary>
    public static string Read(string[] accounts, IEnumerable<string> containers) =>
        Of([], accounts, containers, "", []);

    /// <summary>Reading below one folder as long as an agreement is in force.</summary>
    public static string Read(string account, string container, string folder, Agreement agreement) =>
        Of([], [account], [container], folder, Times(agreement));

    private static string Of(
        string[] actions, string[] accounts, IEnumerable<string> containers, string folder, IEnumerable<string> times)
    {
        string[] place =
        [
            $"@Resource[Microsoft.Storage/storageAccounts:name] ForAnyOfAnyValues:StringEquals {Set(accounts)}",
            "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] "
                + $"ForAnyOfAnyValues:StringEquals {Set(containers)}",
            .. times,
        ];
        string list = $"(ActionMatches{{'{Blobs}/read'}} AND SubOperationMatches{{'Blob.List'}})";
        string read = $"(ActionMatches{{'{Blobs}/read'}} AND NOT SubOperationMatches{{'Blob.List'}})";
        string others = string.Concat(actions.Select(a => $" OR ActionMatches{{'{Blobs}/{a}'}}"));
        return $"((!({read}{others})) OR ({Join(place, Path("@Resource", "path", folder))})) AND "
            + $"((!{list}) OR ({Join(place, Path("@Request", "prefix", folder))}))";
    }

    private static string[] Path(string source, string attribute, string folder) =>
        folder.Length == 0
            ? []
            :
            [
                $"({source}[{Blobs}:{attribute}] StringEquals '{folder.TrimEnd('/')}' OR "
                    + $"{source}[{Blobs}:{attribute}] StringLike '{folder}*')",
            ];

    private static IEnumerable<string> Times(Agreement agreement)
    {
        if (agreement.Start is { } start)
        {
            yield return $"@Environment[UtcNow] DateTimeGreaterThanOrEquals '{start:yyyy-MM-dd'T'HH:mm:ss'.0Z'}'";
        }

        if (agreement.End is { } end)
        {
            yield return $"@Environment[UtcNow] DateTimeLessThan '{end:yyyy-MM-dd'T'HH:mm:ss'.0Z'}'";
        }
    }

    private static string Set(IEnumerable<string> texts) => $"{{{string.Join(", ", texts.Select(t => $"'{t}'"))}}}";

    private static string Join(IEnumerable<string> first, IEnumerable<string> second) =>
        string.Join(" AND ", first.Concat(second));
}

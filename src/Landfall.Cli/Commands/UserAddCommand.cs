using Landfall.Serving.Access;

namespace Landfall.Cli.Commands;

/// <summary><c>user add</c>: gives a user of the estate a login.</summary>
internal sealed class UserAddCommand() : UserCommand(
    "add",
    "Give a user of the management zone a login to the served tables; prints the generated password once.",
    "user add farah@relecloud.example",
    "user add customer-portal --format json")
{
    protected override async Task<int> ExecuteAsync(
        CommandContext context, SqlUsers users, string user, CancellationToken cancellationToken)
    {
        Show(context, user, await users.AddAsync(user, cancellationToken));
        return ExitCodes.Success;
    }
}

using Landfall.Serving.Access;

namespace Landfall.Cli.Commands;

/// <summary><c>user remove</c>: takes a login away.</summary>
internal sealed class UserRemoveCommand() : UserCommand(
    "remove",
    "Take a user's login to the served tables away and end its sessions. The estate's files stay as they are.",
    "user remove farah@relecloud.example")
{
    protected override async Task<int> ExecuteAsync(
        CommandContext context, SqlUsers users, string user, CancellationToken cancellationToken)
    {
        await users.RemoveAsync(user, cancellationToken);
        context.Output.WriteInfo($"{user} has no login any more, and its sessions are ended.");
        return ExitCodes.Success;
    }
}

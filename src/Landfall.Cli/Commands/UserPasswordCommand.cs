using Landfall.Serving.Access;

namespace Landfall.Cli.Commands;

/// <summary><c>user password</c>: a new password, and a login where there is none yet.</summary>
internal sealed class UserPasswordCommand() : UserCommand(
    "password",
    "Give a user a new password to the served tables, and a login where there is none yet; prints it once.",
    "user password farah@relecloud.example",
    "user password farah@relecloud.example --quiet")
{
    protected override async Task<int> ExecuteAsync(
        CommandContext context, SqlUsers users, string user, CancellationToken cancellationToken)
    {
        (string password, bool isNew) = await users.SetPasswordAsync(user, cancellationToken);
        context.Output.WriteInfo(isNew
            ? $"{user} had no login and has one now."
            : $"The old password of {user} is no good any more; open sessions go on.");
        Show(context, user, password);
        return ExitCodes.Success;
    }
}

using Landfall.Cli.Output;
using Landfall.Cli.Serving;
using Landfall.Serving.Access;

namespace Landfall.Cli.Commands;

/// <summary><c>user list</c>: who may read by SQL.</summary>
internal sealed class UserListCommand() : LandfallCommand(
    "list",
    "List the users of the management zone, the roles that their groups give them, and who has a login.",
    "user list",
    "user list --format json")
{
    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        SqlUsers users = new SqlServing(context, context.LoadEstate()).Users();
        IRowWriter rows = context.Output.Rows(new("user"), new("login"), new("roles"));
        foreach (SqlUser user in await users.ListAsync(cancellationToken))
        {
            string[] roles = [.. user.Roles];
            rows.Write([user.Id, user.HasLogin, context.Output.Format == OutputFormat.Table
                ? string.Join(", ", roles) : roles]);
        }

        rows.End();
        return ExitCodes.Success;
    }
}

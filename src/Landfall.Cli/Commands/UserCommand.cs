using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Cli.Serving;
using Landfall.Serving.Access;

namespace Landfall.Cli.Commands;

/// <summary>A command about one user's login.</summary>
internal abstract class UserCommand : LandfallCommand
{
    private readonly Argument<string> _user = new("USER")
    {
        Description = "A user or service principal of the management zone.",
    };

    /// <summary>Makes the command.</summary>
    protected UserCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description, examples) => Add(_user);

    /// <inheritdoc/>
    protected sealed override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken) =>
        ExecuteAsync(
            context, new SqlServing(context, context.LoadEstate()).Users(),
            context.Arguments.GetValue(_user)!, cancellationToken);

    /// <summary>Does the work.</summary>
    protected abstract Task<int> ExecuteAsync(
        CommandContext context, SqlUsers users, string user, CancellationToken cancellationToken);

    /// <summary>Shows a password: the only time that it is there to be seen.</summary>
    protected static void Show(CommandContext context, string user, string password)
    {
        if (context.Output.Format == OutputFormat.Table)
        {
            context.Output.WriteInfo($"Password of {user}, shown this once:");
            context.Output.WriteText(password);
            return;
        }

        IRowWriter rows = context.Output.Rows(new("user"), new("password"));
        rows.Write([user, password]);
        rows.End();
    }
}

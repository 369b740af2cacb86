using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Server.Keys;

namespace Landfall.Cli.Commands;

/// <summary><c>recommender keys</c>: shows the keys of endpoints, and replaces them.</summary>
internal sealed class RecommenderKeysCommand : LandfallCommand
{
    private const string Primary = "primary";
    private const string Secondary = "secondary";

    private readonly Option<string?> _product = ModelOption.Create();

    private readonly Option<string?> _rotate = new("--rotate")
    {
        Description = "Replace this key. A running endpoint takes the new one up within seconds.",
        HelpName = "KEY",
    };

    private readonly Option<string?> _show = new("--show")
    {
        Description = "Print this key and nothing else, for scripts.",
        HelpName = "KEY",
    };

    public RecommenderKeysCommand()
        : base(
            "keys",
            "Show the keys that callers of an endpoint send, or replace one while the other stays good.",
            "recommender keys",
            "recommender keys --show primary",
            "recommender keys --rotate secondary")
    {
        _ = _rotate.AcceptOnlyFromAmong(Primary, Secondary);
        _ = _show.AcceptOnlyFromAmong(Primary, Secondary);
        Add(_rotate);
        Add(_show);
        Add(_product);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        Product product = ModelOption.Resolve(context.LoadEstate(), context.Arguments.GetValue(_product));
        if (ModelDetails.Of(product)?.Endpoint is not { } endpoint)
        {
            throw new LandfallException(
                "LF4435",
                $"The product {product.Id} declares no endpoint, so that it has no keys. Nothing changed. Add an "
                + "endpoint to its manifest.");
        }

        var file = KeyFile.Of(context.Home().Folder, endpoint.Name);
        EndpointKeys keys = await file.ReadOrCreateAsync();
        if (context.Arguments.GetValue(_rotate) is { } rotated)
        {
            keys = rotated == Primary ? keys.WithNewPrimary() : keys.WithNewSecondary();
            file.Write(keys);
            context.Output.WriteInfo($"The {rotated} key is new; callers with the other one notice nothing.");
        }

        if (context.Arguments.GetValue(_show) is { } shown)
        {
            await context.Output.Data.WriteLineAsync(shown == Primary ? keys.Primary : keys.Secondary);
            return ExitCodes.Success;
        }

        IRowWriter rows = context.Output.Rows(new("endpoint"), new("name"), new("key"));
        rows.Write([endpoint.Name, Primary, keys.Primary]);
        rows.Write([endpoint.Name, Secondary, keys.Secondary]);
        rows.End();
        return ExitCodes.Success;
    }
}

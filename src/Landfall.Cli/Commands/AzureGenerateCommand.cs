using System.CommandLine;
using Landfall.Azure.Generation;
using Landfall.Cli.Output;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Environments;

namespace Landfall.Cli.Commands;

/// <summary><c>azure generate</c>: the estate as Bicep deployments.</summary>
internal sealed class AzureGenerateCommand : LandfallCommand
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder to write to: a new or empty one, or one written before.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> _environment = new("--environment")
    {
        Description = "Whose parameters to write.",
        HelpName = string.Join('|', AzureEnvironment.Names),
        Required = true,
    };

    public AzureGenerateCommand()
        : base(
            "generate",
            "Write the estate as Bicep: a deployment for the management zone, each landing zone, each integration and "
            + "product with a resource group of its own, and the links between zones.",
            "azure generate --out azure --environment dev",
            "azure generate --out azure --environment prod --format json")
    {
        Add(_out);
        Add(_environment);
    }

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        string environment = context.Arguments.GetRequiredValue(_environment);
        GeneratedFiles generated = AzureTools.Guard(
            () => EstateGenerator.Generate(estate, environment, context.Clock.GetUtcNow()));
        foreach (Diagnostic note in generated.Notes)
        {
            context.Output.Report(note);
        }

        string folder = Path.GetFullPath(context.Arguments.GetRequiredValue(_out));
        int changed = AzureTools.Guard(() => GeneratedFolder.Write(folder, generated));
        IRowWriter rows = context.Output.Rows(new("deployment"), new("parameters"));
        foreach (string deployment in generated.Deployments)
        {
            rows.Write([deployment, EstateGenerator.ParametersOf(deployment, environment)]);
        }

        rows.End();
        context.Output.WriteInfo(
            $"{Amount.Count(generated.Deployments.Length, "deployment")} in {folder}; "
            + $"{Amount.Count(changed, "file")} changed. Check them with: "
            + $"{context.Invocation($"azure check {CommandContext.Quote(folder)}")}");
        return Task.FromResult(ExitCodes.Success);
    }
}

using System.CommandLine;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Registry;

namespace Landfall.Cli.Commands;

/// <summary>The options of commands about one model.</summary>
internal static class ModelOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string?> Create() => new("--product")
    {
        Description = "The product of the model; needed where the estate has several.",
        HelpName = "ID",
    };

    /// <summary>Makes the option that names an alias of a version.</summary>
    public static Option<string> Alias()
    {
        Option<string> alias = new("--alias")
        {
            Description = "champion or challenger.",
            HelpName = "ALIAS",
            DefaultValueFactory = _ => ModelRegistry.Champion,
        };
        return alias.AcceptOnlyFromAmong(ModelRegistry.Champion, ModelRegistry.Challenger);
    }

    /// <summary>Finds the product that is meant.</summary>
    /// <exception cref="LandfallException">LF4406 where no product or several are.</exception>
    public static Product Resolve(EstateDefinition estate, string? id)
    {
        Product[] models = [.. estate.Zones.SelectMany(z => z.Products).Where(p => ModelDetails.Of(p) is not null)];
        Product[] found = [.. models.Where(p => id is null || p.Id == id)];
        string known = string.Join(", ", models.Select(p => p.Id));
        return found.Length == 1
            ? found[0]
            : throw new LandfallException(
                "LF4406",
                models.Length == 0 ? "The estate has no product of type model."
                : found.Length == 0 ? $"There is no model {id}. The estate's models: {known}."
                : $"The estate has several models: {known}. Choose one with --product.");
    }
}

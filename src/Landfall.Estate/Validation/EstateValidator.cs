using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>Checks across files. What a file already lacks is empty here and is not reported again.</summary>
internal static class EstateValidator
{
    /// <summary>Reports every problem between the parts of an estate.</summary>
    public static void Check(
        EstateDefinition estate, EstateKinds kinds, Report report)
    {
        IdentityChecks.Check(estate, report);
        NetworkChecks.Check(estate, report);
        EnvironmentChecks.Check(estate, report);
        foreach (Zone zone in estate.Zones)
        {
            ZoneChecks.Check(estate, zone, report);
            foreach (Integration integration in zone.Integrations)
            {
                IntegrationChecks.Check(estate, zone, integration, kinds.Sources, report);
            }

            foreach (Product product in zone.Products)
            {
                ProductChecks.Check(estate, zone, product, kinds.Products, report);
            }

            AgreementChecks.Check(estate, zone, report);
            AzureChecks.Check(zone, report);
        }
    }
}

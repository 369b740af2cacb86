using System.Text.Json;
using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Telemetry;

namespace Relecloud.Sources.Truth;

/// <summary>Writes what the simulation was told: what a recommender or an estimate should find out.</summary>
internal static class TruthParameters
{
    public static void Write(Utf8JsonWriter json, World world)
    {
        json.WriteStartObject("parameters");
        json.WriteNumber("late_share", DayGenerator.LateShare);
        json.WriteNumber("latest_hours", DayGenerator.LatestHours);
        json.WriteNumber("duplicate_share", DayGenerator.DuplicateShare);
        WriteServices(json, world.Catalogue);
        WriteSegments(json);
        WriteTaxes(json);
        WriteAffinities(json, world);
        json.WriteEndObject();
    }

    private static void WriteServices(Utf8JsonWriter json, ServiceCatalogue catalogue)
    {
        json.WriteStartArray("services");
        foreach (Service service in catalogue.Services)
        {
            json.WriteStartObject();
            json.WriteString("service_id", service.Id);
            json.WriteString("billing_meter", service.Meters[0].Name);
            json.WriteString("billing_unit", service.Meters[0].Unit);
            json.WriteNumber("unit_price", service.UnitPrice);
            json.WriteNumber("launch_day", service.LaunchDay);
            json.WriteNumber("popularity", service.Popularity);
            json.WriteNumber("trend", service.Trend);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSegments(Utf8JsonWriter json)
    {
        json.WriteStartArray("segments");
        foreach (Segment segment in Segment.All)
        {
            json.WriteStartObject();
            json.WriteString("name", segment.Name);
            json.WriteNumber("share", segment.Share);
            json.WriteNumber("size", segment.Size);
            json.WriteNumber("appetite", segment.Appetite);
            json.WriteNumber("discount", segment.Discount);
            json.WriteStartObject("taste");
            for (int i = 0; i < segment.Taste.Length; i++)
            {
                json.WriteNumber(Category.All[i].Name, segment.Taste[i]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTaxes(Utf8JsonWriter json)
    {
        json.WriteStartObject("tax_rates");
        foreach (Country country in Country.All)
        {
            json.WriteNumber(country.Code, country.TaxRate);
        }

        json.WriteEndObject();
    }

    private static void WriteAffinities(Utf8JsonWriter json, World world)
    {
        json.WriteStartArray("bundles");
        foreach (Bundle bundle in world.Affinities.Bundles)
        {
            json.WriteStartObject();
            json.WriteNumber("strength", bundle.Strength);
            json.WriteStartArray("services");
            foreach (int service in bundle.Services)
            {
                json.WriteStringValue(world.Catalogue.Services[service].Id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sequences");
        foreach (Sequence sequence in world.Affinities.Sequences)
        {
            json.WriteStartObject();
            json.WriteString("before", world.Catalogue.Services[sequence.Before].Id);
            json.WriteString("after", world.Catalogue.Services[sequence.After].Id);
            json.WriteNumber("first_day", sequence.FirstDay);
            json.WriteNumber("last_day", sequence.LastDay);
            json.WriteNumber("strength", sequence.Strength);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

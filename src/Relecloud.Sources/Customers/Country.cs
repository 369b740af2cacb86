namespace Relecloud.Sources.Customers;

/// <summary>Where customers are: tax, cities and the data centres near by.</summary>
internal sealed record Country(
    string Code, decimal TaxRate, double Share, string Region, string NextRegion,
    City[] Cities)
{
    public static IReadOnlyList<Country> All { get; } =
    [
        new("DE", 0.19m, 0.26, "germanywest", "westeurope",
            [new("Berlin", 52.52, 13.405), new("Köln", 50.938, 6.96)]),
        new("FR", 0.20m, 0.15, "francecentral", "westeurope",
            [new("Paris", 48.857, 2.352), new("Lyon", 45.764, 4.836)]),
        new("NL", 0.21m, 0.12, "westeurope", "northeurope",
            [new("Utrecht", 52.091, 5.122), new("Delft", 52.012, 4.357)]),
        new("IE", 0.23m, 0.08, "northeurope", "westeurope",
            [new("Dublin", 53.349, -6.26), new("Cork", 51.899, -8.475)]),
        new("ES", 0.21m, 0.11, "spaincentral", "francecentral",
            [new("Madrid", 40.417, -3.704), new("A Coruña", 43.362, -8.411)]),
        new("SE", 0.25m, 0.09, "swedencentral", "northeurope",
            [new("Malmö", 55.605, 13.004), new("Uppsala", 59.859, 17.639)]),
        new("FI", 0.255m, 0.07, "swedencentral", "northeurope",
            [new("Helsinki", 60.17, 24.938), new("Oulu", 65.012, 25.465)]),
        new("CH", 0m, 0.07, "germanywest", "francecentral",
            [new("Zürich", 47.377, 8.542), new("Genève", 46.204, 6.143)]),
        new("US", 0m, 0.05, "eastus", "westeurope",
            [new("Boston", 42.36, -71.059), new("Austin", 30.267, -97.743)]),
    ];
}

/// <summary>A city with degrees north and east.</summary>
internal sealed record City(string Name, double Latitude, double Longitude);

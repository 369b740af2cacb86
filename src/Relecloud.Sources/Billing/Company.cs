namespace Relecloud.Sources.Billing;

/// <summary>Rows of schema <c>crm</c>.</summary>
internal sealed record Company
{
    public required string CustomerId { get; init; }

    public required string Name { get; set; }

    public required string TaxNumber { get; init; }

    public required string Segment { get; init; }

    public required string Country { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; set; }
}

internal sealed record Contact
{
    public required long Id { get; init; }

    public required string CustomerId { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public required string Phone { get; set; }

    public required string Role { get; set; }

    public required DateTime UpdatedAt { get; set; }
}

internal sealed record Address
{
    public required long Id { get; init; }

    public required string CustomerId { get; init; }

    public required string Kind { get; init; }

    public required string Street { get; set; }

    public required string City { get; init; }

    public required string PostalCode { get; set; }

    public required string Country { get; init; }

    public required DateTime UpdatedAt { get; set; }
}

internal sealed record Location(
    long Id, string CustomerId, string Name, string City, string Country, double Latitude, double Longitude,
    DateTime UpdatedAt);

internal sealed record Salesperson(long Id, string Name, string Email, string Region);

internal sealed record Assignment
{
    public required long Id { get; init; }

    public required string CustomerId { get; init; }

    public required long SalespersonId { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public DateOnly? ValidTo { get; set; }

    public required DateTime UpdatedAt { get; set; }
}

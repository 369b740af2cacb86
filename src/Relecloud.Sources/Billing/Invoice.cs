namespace Relecloud.Sources.Billing;

/// <summary>Rows of schema <c>invoicing</c>.</summary>
internal sealed record Invoice
{
    public required long Id { get; init; }

    public required string Number { get; init; }

    public required string CustomerId { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly DueOn { get; init; }

    public string Status { get; set; } = "open";

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; set; }

    /// <summary>What is to be paid, tax included; not a column.</summary>
    public decimal Total { get; set; }

    /// <summary>What was paid; not a column.</summary>
    public decimal Paid { get; set; }
}

internal sealed record InvoiceLine
{
    public required long Id { get; init; }

    public required long InvoiceId { get; init; }

    public required int Account { get; init; }

    public required int Service { get; init; }

    public required string Kind { get; init; }

    public required DateTime PeriodStart { get; set; }

    public required DateTime PeriodEnd { get; set; }

    public required DateTime PostedAt { get; init; }

    public required decimal Quantity { get; set; }

    public required decimal UnitPrice { get; init; }

    public required decimal Amount { get; set; }

    public required decimal Tax { get; set; }

    public long? OriginalId { get; init; }

    /// <summary>Whether there is this line only because the service was recommended; not a column.</summary>
    public required bool Caused { get; init; }

    public required DateTime UpdatedAt { get; set; }
}

internal sealed record Payment(
    long Id, long InvoiceId, DateOnly PaidOn, decimal Amount, string Method, DateTime CreatedAt);

namespace Landfall.Sql.Tests.Portable;

/// <summary>An expression over each row of a table, which every engine answers alike.</summary>
/// <param name="Table">The table, called <c>t</c>.</param>
/// <param name="Expression">Portable SQL.</param>
public sealed record PortableCase(PortableTable Table, string Expression);

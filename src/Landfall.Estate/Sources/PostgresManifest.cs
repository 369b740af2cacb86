using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Types;

namespace Landfall.Estate.Sources;

/// <summary>Sources of type <c>postgres</c>.</summary>
public sealed class PostgresManifest : ISourceManifest
{
    /// <inheritdoc/>
    public string Type => "postgres";

    /// <inheritdoc/>
    public ImmutableArray<string> TableKeys { get; } = ["relation", "cursor", "overlap"];

    /// <inheritdoc/>
    public Source Read(Section section, string key)
    {
        foreach (string part in (string[])["host", "port", "database", "user", "password", "tlsAuthority"])
        {
            section.Context.Mark($"{key}/source/{part}", section.Place(part));
            Secrets.CheckReferences(section, part);
        }

        return new PostgresSource(
            section.Text("host"), PostgresParts.Port(section), section.Text("database"), section.Text("user"),
            PostgresParts.Password(section))
        {
            Tls = PostgresParts.Tls(section),
            TlsAuthority = PostgresParts.Authority(section),
        };
    }

    /// <inheritdoc/>
    public TableReading ReadTable(Section section)
    {
        string cursor = section.OptionalText("cursor") ?? "";
        if (cursor.Length == 0)
        {
            section.Refuse(["overlap"], "a cursor");
        }

        return new PostgresReading
        {
            Relation = section.Matching("relation", RelationName.Pattern(), RelationName.Shape),
            Cursor = cursor,
            CursorOverlap = Overlap(section),
        };
    }

    /// <inheritdoc/>
    public void Check(SourceCheck check)
    {
        var source = (PostgresSource)check.Integration.Source;
        check.RequireTool();
        check.RequireEgress(source.Host, source.Port);
        check.RequireSecrets("host", source.Host);
        check.RequireSecrets("port", source.Port);
        check.RequireSecrets("database", source.Database);
        check.RequireSecrets("user", source.User);
        check.RequireSecrets("password", source.Password);
        check.RequireSecrets("tlsAuthority", source.TlsAuthority);
    }

    /// <inheritdoc/>
    public void CheckTable(SourceCheck check, IntegrationTable table)
    {
        CheckMode(check, table);
        string cursor = table.Reading.Cursor;
        if (cursor.Length > 0 && check.FindColumn(table, cursor, "cursor") is { } column && column.Type.Kind
            is not (TypeKind.Timestamp or TypeKind.Date or TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal))
        {
            check.Report.Error(
                "LF1045", $"{check.KeyOf(table)}/cursor", $"The cursor '{column.Name}' is {column.Type}.",
                "Choose a timestamp, a date or a number that grows.");
        }
    }

    private static void CheckMode(SourceCheck check, IntegrationTable table)
    {
        string key = check.KeyOf(table);
        ContractTable? promised = check.Integration.Contract.Tables.FirstOrDefault(t => t.Name == table.Name);
        bool grows = table.Reading.Cursor.Length > 0;
        if (table.Mode == LoadMode.Upsert && promised is { PrimaryKey.IsEmpty: true })
        {
            check.Report.Error(
                "LF1043", $"{key}/mode", "Mode upsert needs a primary key.",
                "Mark the key's columns in the contract with primaryKey: true.");
        }

        if (table.Mode == LoadMode.Append && !grows)
        {
            check.Report.Error(
                "LF1043", $"{key}/mode", "Mode append needs a cursor: without one each run would add every row again.",
                "Add cursor: the column that grows, or write snapshot.");
        }

        if (table.Mode == LoadMode.Snapshot && grows)
        {
            check.Report.Error(
                "LF1048", $"{key}/cursor", "'cursor' has no meaning here: a snapshot reads every row.",
                "Remove it, or write append or upsert.");
        }
    }

    private static long Overlap(Section section) =>
        section.Scalar("overlap", required: false) is not { } scalar ? 0
        : Quantities.TryInteger(scalar.Text, out long units) && units >= 0 ? units
        : Quantities.TryDuration(scalar.Text, out long seconds) ? seconds
        : section.Wrong(scalar, "overlap", "a duration such as 1h, or a whole number for a cursor of numbers", 0L);
}

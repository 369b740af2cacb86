using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests.Contracts;

/// <summary>Relationships of contracts: what is read of them, and mistakes, each the only problem found.</summary>
public sealed class RelationshipTests
{
    private const string Contract = "beta/integrations/ledger/contract.odcs.yaml";
    private const string Account = "{ name: account_id, logicalType: string, required: true }";
    private const string Amount =
        "{ name: amount, logicalType: number, physicalType: \"decimal(18,2)\", required: true }";
    private const string OnAccount =
        "{ name: of_entry, logicalType: integer, relationships: [{ to: REFERENCE }] }";

    [Theory]
    [InlineData("entry.entry_id")]
    [InlineData("/schema/entry/properties/entry_id")]
    [InlineData("schema/entry/properties/entry_id")]
    [InlineData("[entry.entry_id]")]
    public void Read_OfAColumn_IsToTheKey(string reference)
    {
        ContractTable table = Read(OnAccount.Replace("REFERENCE", reference, StringComparison.Ordinal));

        Assert.Equal("(of_entry) to entry (entry_id)", Assert.Single(table.Relationships).ToString());
    }

    [Theory]
    [InlineData("other.yaml#schema/entry/properties/id")]
    [InlineData("https://example.com/other.yaml#/schema/entry/properties/id")]
    public void Read_OfAnotherContract_IsNotUsed(string reference)
    {
        ContractTable table = Read(OnAccount.Replace("REFERENCE", reference, StringComparison.Ordinal));

        Assert.Empty(table.Relationships);
    }

    [Fact]
    public void Read_OfATable_HasItsColumnsInOrder()
    {
        ContractTable table = Read(
            "{ name: of_entry, logicalType: integer }",
            "relationships: [{ from: account.of_entry, to: entry.entry_id, type: foreignKey }, "
            + "{ from: [account.of_entry], to: [entry.entry_id] }]");

        Assert.Equal(["(of_entry) to entry (entry_id)"], table.Relationships.Select(r => r.ToString()));
    }

    [Fact]
    public void Read_OfSeveralColumns_IsToThePrimaryKeyInAnyOrder()
    {
        using EstateFolder folder = new();
        folder.Change(
            Contract, "primaryKeyPosition: 1 }",
            "primaryKeyPosition: 1 }\n"
            + "      - { name: line, physicalType: int, primaryKey: true, primaryKeyPosition: 2 }");
        folder.Change(
            Contract, Account,
            $"{Account}\n      - {{ name: e, physicalType: bigint }}\n      - {{ name: l, physicalType: int }}\n"
            + "    relationships: [{ from: [account.l, account.e], to: [entry.line, entry.entry_id] }]");

        EstateLoadResult result = folder.Load();

        Assert.Empty(result.Diagnostics);
        Assert.Equal("(l, e) to entry (line, entry_id)", Assert.Single(Table(result).Relationships).ToString());
    }

    [Fact]
    public void Read_ByIds_PrefersThemToNames()
    {
        using EstateFolder folder = new();
        folder.Change(Contract, "- name: entry\n", "- name: entry\n    id: e1\n");
        folder.Change(Contract, "{ name: entry_id,", "{ name: entry_id, id: k1,");
        folder.Change(
            Contract, Account,
            Account + "\n      - "
            + OnAccount.Replace("REFERENCE", "schema/e1/properties/k1", StringComparison.Ordinal));

        EstateLoadResult result = folder.Load();

        Assert.Empty(result.Diagnostics);
        Assert.Equal("(of_entry) to entry (entry_id)", Assert.Single(Table(result).Relationships).ToString());
    }

    [Fact]
    public void Read_ToAUniqueColumn_IsOne()
    {
        using EstateFolder folder = new();
        folder.Change(Contract, Amount, Amount.Replace("required: true", "unique: true", StringComparison.Ordinal));
        folder.Change(
            Contract, Account,
            Account + "\n"
            + "      - { name: a, physicalType: \"decimal(18,2)\", relationships: [{ to: entry.amount }] }");

        EstateLoadResult result = folder.Load();

        Assert.Empty(result.Diagnostics);
        Assert.Equal("(a) to entry (amount)", Assert.Single(Table(result).Relationships).ToString());
    }

    [Theory]
    [InlineData("to: ^^entry", "LF1077", "names no column")]
    [InlineData("to: ^^a.b.c", "LF1077", "names no column")]
    [InlineData("to: ^^[entry.entry_id, entry.amount]", "LF1077", "one of one table")]
    [InlineData("to: entry.entry_id, type: ^^other", "LF1077", "'other'")]
    [InlineData("to: entry.entry_id, from: ^^account.of_entry", "LF1077", "has a 'from'")]
    [InlineData("to: ^^entries.entry_id", "LF1078", "There is no table 'entries'")]
    [InlineData("to: ^^entry.entry", "LF1078", "There is no column in 'entry' named 'entry'")]
    [InlineData("to: ^^schema/entry/properties/nothing", "LF1078", "'nothing'")]
    [InlineData("to: ^^entry.amount", "LF1079", "is no key of 'entry'")]
    [InlineData("to: ^^account.account_id", "LF1079", "is no key of 'account'")]
    public void Load_AMistakeOfAColumn_IsReported(string relationship, string code, string message) =>
        AssertMistake($"- {{ name: of_entry, logicalType: integer, relationships: [{{ {relationship} }}] }}",
            code, message);

    [Theory]
    [InlineData("from: ^^entry.entry_id, to: entry.entry_id", "LF1077", "is no column of 'account'")]
    [InlineData("from: ^^account.nothing, to: entry.entry_id", "LF1078", "'nothing'")]
    [InlineData("from: [account.of_entry, account.account_id], to: ^^entry.entry_id", "LF1077", "one of one table")]
    [InlineData("from: account.account_id, to: ^^entry.entry_id", "LF1080", "is string, but 'entry.entry_id' is")]
    public void Load_AMistakeOfATable_IsReported(string relationship, string code, string message) => AssertMistake(
        $"- {{ name: of_entry, logicalType: integer }}\n    relationships:\n      - {{ {relationship} }}", code,
        message);

    [Fact]
    public void Fingerprint_OfATableWithRelationships_IsTheSame()
    {
        ContractTable with = Read(OnAccount.Replace("REFERENCE", "entry.entry_id", StringComparison.Ordinal));
        ContractTable without = Read("{ name: of_entry, logicalType: integer }");

        Assert.Equal(without.Fingerprint(), with.Fingerprint());
        Assert.Empty(ContractChange.Compare(without, with));
    }

    private static void AssertMistake(string text, string code, string message)
    {
        using EstateFolder folder = new();
        folder.Change(Contract, Account, $"{Account}\n      {text}");

        Diagnostic found = Assert.Single(folder.Problems());
        Assert.Equal(code, found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Expected, found.Location);
    }

    private static ContractTable Read(string column, string ofTable = "")
    {
        using EstateFolder folder = new();
        folder.Change(
            Contract, Account, $"{Account}\n      - {column}{(ofTable.Length > 0 ? "\n    " + ofTable : "")}");
        EstateLoadResult result = folder.Load();
        Assert.Empty(result.Diagnostics);
        return Table(result);
    }

    private static ContractTable Table(EstateLoadResult result) => result.Estate!.Zones
        .SelectMany(z => z.Integrations).Single(i => i.Id == "ledger").Contract.Tables.Single(t => t.Name == "account");
}

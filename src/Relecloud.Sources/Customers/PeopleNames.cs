using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Customers;

/// <summary>Invented names. Some hold what careless readers of CSV and SQL trip over.</summary>
internal static class PeopleNames
{
    private static readonly string[] Firsts =
        ["Ana", "Bruno", "Chloé", "Dora", "Emil", "Fatima", "Goran", "Hanna", "Ilse", "Jonas", "Karim", "Lena", "Marek",
            "Noor", "Olivia", "Pavel", "Quentin", "Rosa", "Sven", "Tomás", "Ulla", "Viktor", "Wanda", "Yusuf", "Zoë"];

    private static readonly string[] Lasts =
        ["Almeida", "Bauer", "Costa", "Dubois", "Eriksson", "Fischer", "García", "Hansen", "Ivanova", "Jansen",
            "Kowalski", "Laurent", "Müller", "Nilsson", "O'Brien", "Peeters", "Rossi", "Schneider", "Tanaka",
            "Virtanen", "Weber"];

    private static readonly string[] Heads =
        ["Aldgate", "Borealis", "Cobalt", "Dunmore", "Ember", "Fjord", "Granite", "Harbour", "Indigo", "Juniper",
            "Kestrel", "Larch", "Meridian", "Nordlys", "O'Hara", "Perle", "Quarry", "Ridge", "Söder", "Tern", "Umbra",
            "Vale", "Wren"];

    private static readonly string[] Tails =
        ["Foods", "Logistics", "Mobility", "Health", "Energy", "Robotics", "Textiles", "Media", "Bank", "Software",
            "Games", "Tools, Ltd", "& Söhne", "Paper", "Pharma", "Travel", "Optics", "Water", "Analytics", "Supply"];

    private static readonly string[] Streets =
        ["Mill Lane", "Station Road", "Rue du Port", "Hauptstraße", "Kerkstraat", "Calle Mayor", "Storgatan", "Bay"];

    public static string Company(ref Rng rng, int index)
    {
        string name = $"{rng.Pick(Heads)} {rng.Pick(Tails)}";
        return index < Heads.Length * Tails.Length / 8 ? name : $"{name} {index + 1}";
    }

    public static (string First, string Last) Person(ref Rng rng) => (rng.Pick(Firsts), rng.Pick(Lasts));

    public static string Street(ref Rng rng) => $"{rng.Pick(Streets)} {rng.Between(1, 180)}";

    public static string Phone(ref Rng rng) =>
        $"+{rng.Between(31, 49)} {rng.Between(100, 999)} {rng.Between(100000, 999999)}";

    /// <summary>A mail address under a domain that can never exist.</summary>
    public static string Mail((string First, string Last) person, string host) =>
        $"{Plain(person.First)}.{Plain(person.Last)}@{Plain(host)}.example";

    private static string Plain(string text) =>
        string.Concat(text.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
}

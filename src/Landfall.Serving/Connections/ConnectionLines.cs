using System.Collections.Immutable;

namespace Landfall.Serving.Connections;

/// <summary>
/// How tools connect to a zone's database. Each proves the server by its certificate and asks for the password, which
/// no line holds.
/// </summary>
public static class ConnectionLines
{
    private const string Psycopg =
        "Asks for the password. Values of decimal columns come as Decimal, days and instants as datetime.";

    /// <summary>The lines, one a tool.</summary>
    /// <param name="address">The server and database.</param>
    /// <param name="user">The user's name.</param>
    /// <param name="schema">The integration's or product's schema.</param>
    /// <param name="table">One of its tables, for an example.</param>
    public static ImmutableArray<ConnectionLine> Of(SqlAddress address, string user, string schema, string table) =>
    [
        new("psql", $"psql {Quoted.Shell(Libpq(address, user))}",
            $"Asks for the password. Tables are in the schema {Quoted.SqlName(schema)}: "
            + $"select * from {Quoted.SqlName(schema)}.{Quoted.SqlName(table)} limit 10;"),
        new("Power BI", $"Server: {address.Server}; Database: {address.Database}",
            "Get data, PostgreSQL database; sign in under Database with user and password."),
        new("Excel", $"Server: {address.Server}; Database: {address.Database}",
            "Data, Get Data, From Database, From PostgreSQL Database; or From ODBC with the line below."),
        new("ODBC", Odbc(address, user), "The driver asks for the password, or append PWD={…}."),
        new("JDBC", Jdbc(address, user), "The driver gets the password from the tool."),
        new("Python", Python("psycopg", address, user), Psycopg),
        new("Python, psycopg 2", Python("psycopg2", address, user), Psycopg),
        new("DuckDB", DuckDb(address, user),
            "The password is that of the environment variable PGPASSWORD or of ~/.pgpass."),
    ];

    /// <summary>
    /// The parameters of libpq; without a certificate's file the machine's own authorities are trusted.
    /// </summary>
    private static (string Key, string Value)[] Parameters(SqlAddress address, string user) =>
    [
        ("host", address.Host),
        ("port", $"{address.Port}"),
        ("dbname", address.Database),
        ("user", user),
        ("sslmode", "verify-full"),
        ("sslrootcert", address.CertificateFile ?? "system"),
    ];

    private static string Libpq(SqlAddress address, string user) =>
        string.Join(' ', Parameters(address, user).Select(p => $"{p.Key}={Quoted.Libpq(p.Value)}"));

    private static string Odbc(SqlAddress address, string user) => string.Join(
        ';',
        "Driver={PostgreSQL Unicode}",
        $"Server={Quoted.Odbc(address.Host)}",
        $"Port={address.Port}",
        $"Database={Quoted.Odbc(address.Database)}",
        $"UID={Quoted.Odbc(user)}",
        "SSLmode=verify-full",
        $"pqopt={Quoted.Odbc($"sslrootcert={Quoted.Libpq(address.CertificateFile ?? "system")}")}");

    private static string Jdbc(SqlAddress address, string user)
    {
        string trust = address.CertificateFile is { } file
            ? $"sslrootcert={Uri.EscapeDataString(file)}"
            : "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
        return $"jdbc:postgresql://{address.Server}/{Uri.EscapeDataString(address.Database)}"
            + $"?user={Uri.EscapeDataString(user)}&sslmode=verify-full&{trust}";
    }

    private static string Python(string module, SqlAddress address, string user)
    {
        IEnumerable<string> arguments = Parameters(address, user)
            .Select(p => $"{p.Key}={(p.Key == "port" ? p.Value : Quoted.Python(p.Value))}");
        return $"import getpass, {module}; connection = {module}.connect({string.Join(", ", arguments)}, "
            + "password=getpass.getpass())";
    }

    private static string DuckDb(SqlAddress address, string user) =>
        $"INSTALL postgres; LOAD postgres; ATTACH {Quoted.SqlText(Libpq(address, user))} "
        + $"AS {Quoted.SqlName(address.Database)} (TYPE postgres, READ_ONLY);";
}

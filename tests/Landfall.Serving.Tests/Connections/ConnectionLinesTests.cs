using System.Text.RegularExpressions;
using Landfall.Serving.Connections;
using Landfall.Serving.Tests.PowerBi;
using Npgsql;

namespace Landfall.Serving.Tests.Connections;

/// <summary>Lines to copy, read back as each tool reads them.</summary>
public sealed partial class ConnectionLinesTests
{
    public static TheoryData<string> Hostile => [.. HostileNames.All, "", "two\nlines", "tab\there"];

    /// <summary>No part of a URL's path is "..", however it is written.</summary>
    public static TheoryData<string> HostileInPaths => [.. Hostile.Select(n => n.Data).Where(n => n != "..")];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Psql_OfAnyNames_IsOneWordThatLibpqReads(string name)
    {
        List<string> words = ShellWords(Line("psql", name));

        Assert.Equal("psql", words[0]);
        Assert.Equal(Parameters(name), LibpqParameters(Assert.Single(words[1..])));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void DuckDb_OfAnyNames_AttachesTheDatabase(string name)
    {
        Match match = Attach().Match(Line("DuckDB", name));

        Assert.True(match.Success);
        Assert.Equal(
            Parameters(name),
            LibpqParameters(match.Groups[1].Value[1..^1].Replace("''", "'", StringComparison.Ordinal)));
        string alias = match.Groups[2].Value;
        Assert.Equal(
            name, alias[0] == '"' ? alias[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : alias);
    }

    [Theory]
    [MemberData(nameof(HostileInPaths))]
    public void Jdbc_OfAnyNames_HasThemInItsParts(string name)
    {
        Uri address = new(Line("JDBC", name)["jdbc:".Length..]);

        Assert.Equal("bi.test.example", address.Host);
        Assert.Equal(5433, address.Port);
        Assert.Equal(name, Uri.UnescapeDataString(address.AbsolutePath[1..]));
        Assert.Equal(
            [("user", name), ("sslmode", "verify-full"), ("sslrootcert", "/certificates/" + name)],
            address.Query[1..].Split('&').Select(p => p.Split('='))
                .Select(p => (p[0], Uri.UnescapeDataString(p[1]))));
        Assert.Equal("", address.Fragment);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Odbc_OfAnyNames_HasThemAsValues(string name)
    {
        Dictionary<string, string> values = OdbcValues(Line("ODBC", name));

        Assert.Equal("PostgreSQL Unicode", values["Driver"]);
        Assert.Equal("bi.test.example", values["Server"]);
        Assert.Equal("5433", values["Port"]);
        Assert.Equal(name, values["Database"]);
        Assert.Equal(name, values["UID"]);
        Assert.Equal("verify-full", values["SSLmode"]);
        Assert.Equal("/certificates/" + name, LibpqParameters(values["pqopt"])["sslrootcert"]);
        Assert.Equal(7, values.Count);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Python_OfAnyNames_HasThemAsLiterals(string name)
    {
        foreach (string tool in new[] { "Python", "Python, psycopg 2" })
        {
            string line = Line(tool, name);

            Assert.DoesNotContain('\n', line);
            Assert.Equal(
                ["bi.test.example", name, name, "verify-full", "/certificates/" + name],
                PythonLiteral().Matches(line).Select(m => Regex.Unescape(m.Groups[1].Value)));
        }
    }

    /// <summary>A connection string of Npgsql is what Power BI makes of server and database.</summary>
    [Fact]
    public void PowerBi_Line_HasServerAndDatabase() => Assert.Equal(
        "Server: bi.test.example:5433; Database: sales",
        ConnectionLines.Of(TestContracts.Address, "u", "s", "t").Single(l => l.Tool == "Power BI").Text);

    [Fact]
    public void Lines_WithoutACertificate_TrustTheMachinesAuthorities()
    {
        Dictionary<string, string> lines = ConnectionLines.Of(new("::1", 5432, "sales"), "u", "s", "t")
            .ToDictionary(l => l.Tool, l => l.Text);

        Assert.Contains("sslrootcert=system", lines["psql"], StringComparison.Ordinal);
        Assert.Contains("//[::1]:5432/", lines["JDBC"], StringComparison.Ordinal);
        Assert.Contains("DefaultJavaSSLFactory", lines["JDBC"], StringComparison.Ordinal);
        Assert.Equal(5432, new NpgsqlConnectionStringBuilder("Host=::1;Port=5432").Port);
    }

    [Fact]
    public void Lines_OfEveryTool_HoldNoPassword() => Assert.All(
        ConnectionLines.Of(TestContracts.Address, "u", "s", "t"),
        l => Assert.DoesNotMatch("(?i)(pwd|password)=[^g]", l.Text));

    /// <summary>The readers of this test see what a writer without escapes would do.</summary>
    [Fact]
    public void Readers_OfLinesWithoutEscapes_SeeTheDifference()
    {
        Assert.NotEqual(["psql", "x'y'"], ShellWords("psql x'y'"));
        Assert.ThrowsAny<Exception>(() => ShellWords("psql 'it's'"));
        Assert.ThrowsAny<Exception>(() => LibpqParameters("dbname='it's'"));
        Assert.NotEqual("a}b", OdbcValues("Database={a}b};x=y").GetValueOrDefault("Database"));
    }

    private static string Line(string tool, string name) => ConnectionLines
        .Of(new("bi.test.example", 5433, name, "/certificates/" + name), name, name, name)
        .Single(l => l.Tool == tool).Text;

    private static Dictionary<string, string> Parameters(string name) => new()
    {
        ["host"] = "bi.test.example",
        ["port"] = "5433",
        ["dbname"] = name,
        ["user"] = name,
        ["sslmode"] = "verify-full",
        ["sslrootcert"] = "/certificates/" + name,
    };

    /// <summary>Words of a POSIX shell: plain characters, single quotation marks and backslashes alone.</summary>
    private static List<string> ShellWords(string line)
    {
        Match match = ShellLine().Match(line);
        Assert.True(match.Success, line);
        return
        [
            .. match.Groups["word"].Captures.Select(word => string.Concat(
                ShellPart().Matches(word.Value).Select(p =>
                    p.Value[0] switch { '\'' => p.Value[1..^1], '\\' => p.Value[1..], _ => p.Value }))),
        ];
    }

    private static Dictionary<string, string> LibpqParameters(string text)
    {
        Match match = LibpqLine().Match(text);
        Assert.True(match.Success, text);
        return match.Groups["key"].Captures.Zip(match.Groups["value"].Captures).ToDictionary(
            p => p.First.Value,
            p => p.Second.Value[0] == '\''
                ? LibpqEscape().Replace(p.Second.Value[1..^1], "$1") : p.Second.Value);
    }

    private static Dictionary<string, string> OdbcValues(string line)
    {
        Match match = OdbcLine().Match(line);
        return match.Groups["key"].Captures.Zip(match.Groups["value"].Captures).ToDictionary(
            p => p.First.Value,
            p => p.Second.Value.StartsWith('{')
                ? p.Second.Value[1..^1].Replace("}}", "}", StringComparison.Ordinal) : p.Second.Value);
    }

    [GeneratedRegex(@"\A(?<word>(?:[A-Za-z0-9/._:-]|'[^']*'|\\.)+)(?: (?<word>(?:[A-Za-z0-9/._:-]|'[^']*'|\\.)+))*\z")]
    private static partial Regex ShellLine();

    [GeneratedRegex(@"'[^']*'|\\.|[^'\\]+")]
    private static partial Regex ShellPart();

    [GeneratedRegex(
        @"\A(?:(?<key>[a-z]+)=(?<value>'(?:[^'\\]|\\[\s\S])*'|[^'\\\s]+)(?: |\z))+\z")]
    private static partial Regex LibpqLine();

    [GeneratedRegex(@"\\([\s\S])")]
    private static partial Regex LibpqEscape();

    [GeneratedRegex(@"\A(?:(?<key>[A-Za-z]+)=(?<value>\{(?:[^}]|\}\})*\}|[^{};]+)(?:;|\z))+\z")]
    private static partial Regex OdbcLine();

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex PythonLiteral();

    [GeneratedRegex(
        @"\AINSTALL postgres; LOAD postgres; ATTACH ('(?:[^']|'')*') AS (""(?:[^""]|"""")*""|[a-z0-9_]+) "
        + @"\(TYPE postgres, READ_ONLY\);\z")]
    private static partial Regex Attach();
}

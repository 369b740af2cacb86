using System.Globalization;
using System.Text;

namespace Landfall.Server.Tests.Fuzzing;

/// <summary>Makes HTTP requests as bytes: good ones, and ones bent in every way, from a seed.</summary>
internal sealed class RequestFuzzer(Random random, string key)
{
    private static readonly string[] Routes =
    [
        "POST /endpoints/cloud/score", "POST /endpoints/cloud/feedback", "POST /v2/models/cloud/infer",
        "POST /v2/models/cloud/versions/7/infer", "GET /endpoints/cloud/", "GET /endpoints/cloud/swagger.json",
        "GET /endpoints/cloud/status", "GET /endpoints/cloud/health/live", "GET /endpoints/cloud/health/ready",
        "GET /health/live", "GET /health/ready", "GET /v2", "GET /v2/health/live", "GET /v2/health/ready",
        "GET /v2/models/cloud", "GET /v2/models/cloud/ready", "GET /v2/models/cloud/versions/7",
        "GET /v2/models/cloud/versions/7/ready",
    ];

    private static readonly string[] Methods = ["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "BREW"];

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "101", "2147483648", "-2147483649", "1e999", "1E-400", "0.1", "99999999999999999999999", "01",
        "+1", "NaN", "Infinity", "0x10", "1.", ".5", "--1",
    ];

    private static readonly string[] Texts =
    [
        "\"\"", "\"service-0\"", "\"account-3\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\x\"",
        "\"\\u202e\"", "\"🧨\"", "\"\u0085\"", "\"a\tb\"", "\"shown\"", "\"2026-13-45T99:99:99Z\"",
        "\"9999-12-31T23:59:59.9999999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"BYTES\"",
    ];

    private static readonly string[] Names =
    [
        "account_id", "account_ids", "services", "k", "exclude", "events", "recommendation_id", "service_id", "kind",
        "at", "inputs", "outputs", "name", "shape", "datatype", "data", "parameters", "id", "$ref", "__proto__", "",
    ];

    private static readonly string[] Headers =
    [
        "Content-Type: application/json; charset=\"", "Content-Type: ", "Content-Encoding: gzip", "Accept: */*",
        "azureml-model-deployment: champion", "azureml-model-deployment: \u00ff", "x-request-id: a b",
        "x-ms-client-request-id: é", "Authorization: Bearer", "Authorization: Basic Og==", "Expect: 100-continue",
        "Transfer-Encoding: gzip", "Connection: upgrade", "Upgrade: websocket", "Range: bytes=0-1", "Host: b", ": x",
        "no colon", " folded: yes", "Content-Length: 5", "Content-Length: -1", "Transfer-Encoding: chunked",
    ];

    /// <summary>A request that the server must answer with success.</summary>
    public byte[] Good()
    {
        string route = Routes[random.Next(Routes.Length)];
        return Request(route, "HTTP/1.1", BodyOf(route), []);
    }

    /// <summary>A request with anything wrong, or by chance nothing.</summary>
    public byte[] Bent()
    {
        string route = Routes[random.Next(Routes.Length)];
        byte[] body = BodyOf(route);
        List<string> extra = [];
        switch (random.Next(8))
        {
            case 0:
                body = Bend(body);
                break;
            case 1:
                body = Encoding.UTF8.GetBytes(AnyJson(0));
                break;
            case 2:
                body = Encoding.UTF8.GetBytes(Deep(random.Next(1, 3000)));
                break;
            case 3:
                body = Large(random.Next(1, 12_000));
                break;
            case 4:
                extra.Add(Headers[random.Next(Headers.Length)]);
                extra.Add(Headers[random.Next(Headers.Length)]);
                break;
            case 5:
                route = Methods[random.Next(Methods.Length)] + route[route.IndexOf(' ', StringComparison.Ordinal)..];
                break;
            case 6:
                route += AnyPath();
                break;
            default:
                extra.Add("x-" + new string('h', random.Next(1, 40_000)) + ": 1");
                break;
        }

        byte[] request = Request(route, "HTTP/1.1", body, extra);
        return random.Next(4) == 0 ? Bend(request) : request;
    }

    private byte[] Request(string route, string version, byte[] body, IEnumerable<string> extra)
    {
        string head = $"{route} {version}\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n"
            + (body.Length == 0 ? "" : "Content-Type: application/json\r\n" + Length(body))
            + string.Concat(extra.Select(e => e + "\r\n")) + "\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }

    private static string Length(byte[] body) =>
        string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");

    private byte[] BodyOf(string route) => Encoding.UTF8.GetBytes(
        !route.StartsWith("POST", StringComparison.Ordinal) ? ""
        : route.EndsWith("score", StringComparison.Ordinal) ? random.Next(3) switch
        {
            0 => $$"""{"account_id":"account-{{random.Next(2000)}}","k":{{random.Next(1, 101)}}}""",
            1 => $$"""{"account_ids":["account-{{random.Next(2000)}}","ünknown 🧨"],"exclude":["service-1"]}""",
            _ => $$"""{"services":["service-{{random.Next(9)}}","service-2"],"k":null}""",
        }
        : route.EndsWith("feedback", StringComparison.Ordinal)
            ? $$"""
                {"events":[{"recommendation_id":"{{random.Next():x32}}","service_id":"s","kind":"shown",
                 "at":"2026-01-02T03:04:05Z"}]}
                """
        : """
            {"id":"q","parameters":{"k":2},"inputs":[{"name":"services","datatype":"BYTES","shape":[1,2],
             "data":[["service-0",""]]},{"name":"exclude","datatype":"BYTES","shape":[1],"data":["service-3"]}],
             "outputs":[{"name":"service_id"},{"name":"score"}]}
            """);

    private byte[] Bend(byte[] bytes)
    {
        List<byte> bent = [.. bytes];
        for (int i = random.Next(1, 6); i > 0 && bent.Count > 0; i--)
        {
            int at = random.Next(bent.Count);
            int length = Math.Min(random.Next(1, 40), bent.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bent[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bent.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bent.RemoveRange(at, length);
                    break;
                case 3:
                    bent.InsertRange(random.Next(bent.Count), bent.GetRange(at, length));
                    break;
                default:
                    bent.InsertRange(at, Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]));
                    break;
            }
        }

        return [.. bent];
    }

    private string AnyJson(int depth) => random.Next(depth > 5 ? 4 : 6) switch
    {
        0 => Numbers[random.Next(Numbers.Length)],
        1 => Texts[random.Next(Texts.Length)],
        2 => random.Next(3) switch { 0 => "null", 1 => "true", _ => "false" },
        3 => "{}",
        4 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => AnyJson(depth + 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            $"\"{Names[random.Next(Names.Length)]}\":{AnyJson(depth + 1)}")) + "}",
    };

    private string Deep(int depth) => random.Next(2) == 0
        ? """{"services":""" + new string('[', depth) + new string(']', depth) + "}"
        : """{"inputs":[{"name":"services","datatype":"BYTES","shape":[1],"data":""" + new string('[', depth);

    private byte[] Large(int entries) => Encoding.UTF8.GetBytes(
        $$"""{"services":[{{string.Join(',', Enumerable.Range(0, entries).Select(i => $"\"service-{i}\""))}}]}""");

    private string AnyPath() => random.Next(6) switch
    {
        0 => "/..%2f..%2fetc",
        1 => "?version=" + new string('9', random.Next(1, 6000)),
        2 => "/%00%ff%c0%ae",
        3 => "/" + new string('a', random.Next(1, 5000)),
        4 => "?version=3&version=4&%=%zz",
        _ => "/versions/" + Numbers[random.Next(Numbers.Length)],
    };
}

using System.Globalization;
using Landfall.Estate;

namespace Landfall.Recommender.Data;

/// <summary>
/// Plain files of interactions: a line each, tab- or comma-separated account, service, optionally an amount or rating
/// and a Unix time in seconds; a first line that is a header is skipped. And files of left-out cases as NCF has them.
/// </summary>
/// <param name="accounts">Numbers accounts; new ones are added.</param>
/// <param name="services">Numbers services; new ones are added.</param>
public sealed class InteractionFile(Vocabulary accounts, Vocabulary services)
{
    private const double SecondsMax = 1e11;

    /// <summary>Interactions read so far that have no time.</summary>
    public int Timeless { get; private set; }

    /// <summary>Reads interactions; the time of one that has none is 0.</summary>
    /// <exception cref="LandfallException"><c>LF4402</c>: a line does not read so.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<Interaction> Read(string path)
    {
        List<Interaction> read = [];
        foreach ((int number, string[] fields) in Lines(path))
        {
            if (number == 1 && IsHeader(fields))
            {
                continue;
            }

            if (fields.Length is < 2 or > 4)
            {
                throw Bad(path, number, $"it has {fields.Length} fields");
            }

            double amount = fields.Length > 2 ? Number(path, number, fields[2]) : 1;
            double time = fields.Length > 3 ? Number(path, number, fields[3]) : 0;
            string? wrong = amount < 0 ? "the amount is negative"
                : Math.Abs(time) > SecondsMax ? "the time is not in seconds since 1970"
                : fields[0].Length == 0 || fields[1].Length == 0 ? "the account or service is empty"
                : null;
            if (wrong is not null)
            {
                throw Bad(path, number, wrong);
            }

            Timeless += fields.Length > 3 ? 0 : 1;
            read.Add(new(accounts.Add(fields[0]), services.Add(fields[1]), amount, (long)time));
        }

        return read;
    }

    /// <summary>
    /// Reads left-out cases: <c>(account,service)</c>, then services that the account did not use, tab-separated.
    /// </summary>
    /// <exception cref="LandfallException"><c>LF4402</c>: a line does not read so.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<(int Account, int Service, int[] Others)> ReadLeftOut(string path)
    {
        List<(int, int, int[])> read = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] fields = line.Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (fields.Length == 0)
            {
                continue;
            }

            string[] pair = fields[0].Trim('(', ')').Split(',', StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || fields[0][0] != '(' || fields[0][^1] != ')' || fields.Length < 2)
            {
                throw Bad(
                    path, number, "it does not begin with (account,service) and name others after it",
                    "A line is (account,service) and services that the account did not use, separated by tabs.");
            }

            read.Add((accounts.Add(pair[0]), services.Add(pair[1]), [.. fields.Skip(1).Select(services.Add)]));
        }

        return read;
    }

    private static IEnumerable<(int Number, string[] Fields)> Lines(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                char separator = line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
                yield return (number, line.Split(separator, StringSplitOptions.TrimEntries));
            }
        }
    }

    /// <summary>
    /// A header's fields from the third on are no numbers, or, of two fields, they are what such columns are called.
    /// </summary>
    private static bool IsHeader(string[] fields) => fields.Length > 2
        ? fields.Skip(2).All(
            f => !double.TryParse(f, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        : fields.Length == 2 && fields[0].ToUpperInvariant() is "USER" or "USERID" or "USER_ID" or "UID" or "ACCOUNT"
            or "ACCOUNTID" or "ACCOUNT_ID";

    private static double Number(string path, int line, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value : throw Bad(path, line, "an amount or time is no finite number");

    private static LandfallException Bad(
        string path, int line, string what,
        string right = "A line is account, service, and optionally amount and Unix time, separated by tabs or commas.")
        => new("LF4402", $"{path}, line {line}: {what}. Nothing was measured. {right}");
}

using System.Buffers;
using System.Text;
using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Storage;

namespace Relecloud.Sources.Customers;

/// <summary>Writes the daily CSV snapshots of accounts and services: RFC 4180 with line feeds, UTF-8, quoted where
/// needed.</summary>
internal sealed class SnapshotFiles(World world, SourceFolder folder)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    /// <summary>Writes the snapshots of a day's end.</summary>
    public void Write(int day)
    {
        DateTime taken = world.At(day, 86_400);
        string date = $"{world.DateOf(day):yyyy-MM-dd}";
        WriteFile($"cloud-accounts/accounts/accounts-{date}.csv", taken, Accounts(day));
        WriteFile($"cloud-accounts/services/services-{date}.csv", taken, Services(day));
    }

    private string Accounts(int day)
    {
        StringBuilder text = new("account_id,customer_id,account_name,segment,region,opened_on,closed_on,status\n");
        foreach (AccountHistory history in world.Histories)
        {
            Account account = history.Account;
            bool closed = history.ClosedDay <= day;
            Row(
                text, account.Id, account.Customer.Id, account.Name, account.Customer.Segment.Name, account.Region,
                Date(account.OpenedDay), closed ? Date(history.ClosedDay!.Value) : "", closed ? "closed" : "active");
        }

        return text.ToString();
    }

    private string Services(int day)
    {
        StringBuilder text = new("service_id,service_name,category,billing_meter,billing_unit,launched_on\n");
        foreach (Service service in world.Catalogue.On(day))
        {
            Row(
                text, service.Id, world.Catalogue.NameOn(service, day), world.Catalogue.CategoryOn(service, day),
                service.Meters[0].Name, service.Meters[0].Unit, Date(service.LaunchDay));
        }

        return text.ToString();
    }

    private string Date(int day) => $"{world.DateOf(day):yyyy-MM-dd}";

    private void WriteFile(string path, DateTime modified, string text) =>
        folder.Write(path, modified, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void Row(StringBuilder text, params ReadOnlySpan<string> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            string value = values[i];
            text.Append(i == 0 ? "" : ",")
                .Append(value.AsSpan().ContainsAny(Special) ? $"\"{value.Replace("\"", "\"\"")}\"" : value);
        }

        text.Append('\n');
    }
}

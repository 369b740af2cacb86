using Relecloud.Sources.Billing;

namespace Relecloud.Sources.Truth;

/// <summary>Adds up lines and use by month, account and service.</summary>
internal static class TruthCells
{
    public static SortedDictionary<(int Month, int Account, int Service), TruthCell> ByAccount(
        IEnumerable<InvoiceLine> lines, UsageLedger usage)
    {
        SortedDictionary<(int Month, int Account, int Service), TruthCell> cells = [];
        foreach (InvoiceLine line in lines)
        {
            int month = UsageLedger.MonthOf(DateOnly.FromDateTime(line.PeriodStart));
            Add(Cell(cells, (month, line.Account, line.Service)), line);
        }

        foreach (((int month, int account), SortedDictionary<int, long> services) in usage.All)
        {
            foreach ((int service, long milli) in services)
            {
                Cell(cells, (month, account, service)).Used += milli / 1000m;
            }
        }

        return cells;
    }

    public static SortedDictionary<(int Month, int Service), TruthCell> ByService(
        SortedDictionary<(int Month, int Account, int Service), TruthCell> accounts)
    {
        SortedDictionary<(int Month, int Service), TruthCell> cells = [];
        foreach (((int month, _, int service), TruthCell cell) in accounts)
        {
            Cell(cells, (month, service)).Add(cell);
        }

        return cells;
    }

    /// <summary>Adds a line to a cell.</summary>
    public static void Add(TruthCell cell, InvoiceLine line)
    {
        cell.Tax += line.Tax;
        switch (line.Kind)
        {
            case "credit":
                cell.Credits += line.Amount;
                break;
            case "refund":
                cell.Refunds += line.Amount;
                break;
            default:
                cell.Gross += line.Amount;
                cell.Billed += line.Quantity;
                break;
        }
    }

    private static TruthCell Cell<T>(SortedDictionary<T, TruthCell> cells, T key)
        where T : notnull
    {
        if (!cells.TryGetValue(key, out TruthCell? cell))
        {
            cells[key] = cell = new TruthCell();
        }

        return cell;
    }
}

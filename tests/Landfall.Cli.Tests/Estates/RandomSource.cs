using System.Globalization;
using System.Text;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Source files of a random estate: events and bookings in files that come, come again with other content, twice or
/// late, and vanish; copies of a list of items. Values are now and then malformed, without month, null or empty.
/// </summary>
internal sealed class RandomSource(Random random, SmallEstate home)
{
    private readonly SortedDictionary<string, List<string>> _files = new(StringComparer.Ordinal);
    private int _nextId;
    private int _nextFile;
    private int _nextDay;

    /// <summary>Whether a fresh home that sees only the source as it is now would lack what this one landed.</summary>
    public bool IsRepeatable { get; private set; } = true;

    /// <summary>Something of everything.</summary>
    public void Begin()
    {
        AddFile("event");
        AddFile("event");
        AddFile("booking");
        AddItems();
    }

    /// <summary>One random change; says which.</summary>
    public string Change() => random.Next(10) switch
    {
        0 or 1 => AddFile("event"),
        2 => AddFile("booking"),
        3 => AddItems(),
        4 or 5 or 6 => Rewrite(),
        7 => Duplicate(),
        8 => Touch(),
        _ => Remove(),
    };

    /// <summary>A new file of some rows, of any month.</summary>
    public string AddFile(string table)
    {
        string name = $"{table}/{table}-{_nextFile++}.csv";
        _files[name] = [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => Row())];
        return Save("added", name);
    }

    /// <summary>All rows of the first event file go to another month.</summary>
    public void MoveMonths()
    {
        string name = _files.Keys.First(f => f.StartsWith("event/", StringComparison.Ordinal));
        _files[name] = ["900001,2026-01-15T00:00:00Z,i0,5,1.00,"];
        Save("moved", name);
    }

    /// <summary>The row that <see cref="MoveMonths"/> left in January comes to lie in April.</summary>
    public void MoveOn()
    {
        string name = _files.Keys.First(f => f.StartsWith("event/", StringComparison.Ordinal));
        _files[name] = ["900001,2026-04-15T00:00:00Z,i0,5,1.00,"];
        Save("moved", name);
    }

    private string Rewrite()
    {
        string name = Any();
        List<string> rows = _files[name];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            if (rows.Count > 0 && random.Next(3) > 0)
            {
                int at = random.Next(rows.Count);
                if (random.Next(2) == 0)
                {
                    rows.RemoveAt(at);
                }
                else
                {
                    rows[at] = Row();
                }
            }
            else
            {
                rows.Add(Row());
            }
        }

        return Save("rewrote", name);
    }

    private string Duplicate()
    {
        string name = Any();
        string copy = $"{name.Split('/')[0]}/copy-{_nextFile++}.csv";
        _files[copy] = [.. _files[name]];
        return Save("duplicated", copy);
    }

    private string Touch() => Save("touched", Any());

    private string Remove()
    {
        string name = Any();
        File.Delete(Path.Combine(home.Folder, "src", name));
        IsRepeatable = false;
        if (_files.Keys.Count(f => f.Split('/')[0] == name.Split('/')[0]) > 1)
        {
            _files.Remove(name);
        }

        return "removed " + name;
    }

    /// <summary>A new copy of the items, now and then an old one that comes late.</summary>
    private string AddItems()
    {
        int day = random.Next(5) == 0 && _nextDay > 2 ? random.Next(_nextDay - 1) : _nextDay++;
        DateOnly date = new DateOnly(2026, 1, 1).AddDays(day);
        StringBuilder text = new("item,name,factor\n");
        foreach (int item in Enumerable.Range(0, 5).Where(_ => random.Next(5) > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"i{item},Item {item},{Factor()}\n");
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"item/item-{date:yyyy-MM-dd}.csv");
        home.Put(name, text.ToString());
        return "copied " + name;
    }

    private string Any() => _files.Keys.ElementAt(random.Next(_files.Count));

    private string Save(string what, string name)
    {
        home.Put(name, "id,sold_at,item,qty,price,extra\n" + string.Concat(_files[name].Select(r => r + "\n")));
        return $"{what} {name}";
    }

    private string Factor() =>
        random.Next(20) == 0 ? "many" : random.Next(1, 4).ToString(CultureInfo.InvariantCulture);

    private string Row()
    {
        string price = random.Next(25) switch
        {
            0 => "much",
            1 or 2 or 3 => "",
            _ => (random.Next(1, 10_000) / 100m).ToString("0.00", CultureInfo.InvariantCulture),
        };
        string extra = random.Next(3) == 0 ? "" : $"e{random.Next(3)}";
        string sold = random.Next(5) == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"2026-0{random.Next(1, 6)}-{random.Next(10, 28)}T12:00:00Z");
        string item = random.Next(8) switch
        {
            0 => "",
            1 => "\"\"",
            _ => $"i{random.Next(6)}",
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"{_nextId++},{sold},{item},{random.Next(1, 9)},{price},{extra}");
    }
}

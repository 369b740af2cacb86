using Relecloud.Sources.Customers;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Billing;

/// <summary>Keeps schema <c>crm</c> from day to day.</summary>
internal sealed class CrmOffice(World world, Changes changes)
{
    private static readonly string[] Roles = ["buyer", "engineer", "finance", "head of IT", "owner"];
    private readonly List<Company> _companies = [];
    private readonly Dictionary<string, List<Contact>> _contacts = [];
    private readonly Dictionary<string, List<Address>> _addresses = [];
    private readonly Dictionary<string, Assignment> _assignments = [];
    private readonly List<Salesperson> _salespeople = [];
    private long _contactId;
    private long _addressId;
    private long _locationId;
    private long _assignmentId;

    /// <summary>Rows there are, by table.</summary>
    public IEnumerable<(string Table, long Rows)> Counts =>
    [
        ("crm.company", _companies.Count),
        ("crm.contact", _contactId),
        ("crm.address", _addressId),
        ("crm.location", _locationId),
        ("crm.salesperson", _salespeople.Count),
        ("crm.salesperson_assignment", _assignmentId),
    ];

    /// <summary>Works through a day. The world must be at that day.</summary>
    public void Work(int day)
    {
        HireOn(day);
        int known = _companies.Count;
        foreach (Customer customer in world.Population.Customers.Skip(known))
        {
            Welcome(customer, day);
        }

        for (int i = 0; i < known; i++)
        {
            Change(world.Population.Customers[i], _companies[i], day);
        }
    }

    private void HireOn(int day)
    {
        while (_salespeople.Count < 6 + (world.Population.Customers.Count / 60))
        {
            Rng rng = new(world.Seed, RandomStream.Person, -1, _salespeople.Count);
            (string First, string Last) person = PeopleNames.Person(ref rng);
            Salesperson hired = new(
                _salespeople.Count + 1, $"{person.First} {person.Last}", PeopleNames.Mail(person, "relecloud"),
                rng.Pick(Country.All).Region);
            _salespeople.Add(hired);
            changes.Salespeople[hired.Id] = hired;
        }
    }

    private void Welcome(Customer customer, int day)
    {
        Rng rng = new(world.Seed, RandomStream.Person, customer.Index);
        DateTime at = world.At(Math.Min(customer.FirstDay, day), rng.Between(21_600, 64_000));
        Company company = new()
        {
            CustomerId = customer.Id,
            Name = customer.Name,
            TaxNumber = $"{customer.Country.Code}{rng.Between(100_000_000, 999_999_999)}",
            Segment = customer.Segment.Name,
            Country = customer.Country.Code,
            CreatedAt = at,
            UpdatedAt = at,
        };
        _companies.Add(company);
        changes.Companies[company.CustomerId] = company;
        _contacts[customer.Id] = [];
        _addresses[customer.Id] = [];
        for (int i = rng.Between(1, 4); i > 0; i--)
        {
            AddContact(ref rng, customer, at);
        }

        AddAddress(ref rng, customer, "billing", at);
        AddAddress(ref rng, customer, "visiting", at);
        for (int i = rng.Between(1, 3); i > 0; i--)
        {
            AddLocation(ref rng, customer, at);
        }

        Assign(ref rng, customer, DateOnly.FromDateTime(at), at);
    }

    private void Change(Customer customer, Company company, int day)
    {
        Rng rng = new(world.Seed, RandomStream.CrmChange, customer.Index, day);
        double what = rng.Unit();
        DateTime at = world.At(day, rng.Between(25_000, 66_000));
        if (what < 0.004)
        {
            ChangeContact(ref rng, customer, at);
        }
        else if (what < 0.005)
        {
            AddContact(ref rng, customer, at);
        }
        else if (what < 0.0055)
        {
            Address moved = rng.Pick(_addresses[customer.Id]);
            moved.Street = PeopleNames.Street(ref rng);
            moved.PostalCode = $"{rng.Between(10_000, 99_999)}";
            moved.UpdatedAt = at;
            changes.Addresses[moved.Id] = moved;
        }
        else if (what < 0.0058)
        {
            AddLocation(ref rng, customer, at);
        }
        else if (what < 0.007)
        {
            Assign(ref rng, customer, world.DateOf(day), at);
        }
        else if (what < 0.0072)
        {
            company.Name = $"{customer.Name} Group";
            company.UpdatedAt = at;
            changes.Companies[company.CustomerId] = company;
        }
    }

    private void ChangeContact(ref Rng rng, Customer customer, DateTime at)
    {
        Contact contact = rng.Pick(_contacts[customer.Id]);
        if (rng.Chance(0.3))
        {
            (string First, string Last) person = PeopleNames.Person(ref rng);
            contact.Name = $"{person.First} {person.Last}";
            contact.Email = PeopleNames.Mail(person, customer.Name);
        }

        contact.Phone = PeopleNames.Phone(ref rng);
        contact.Role = rng.Pick(Roles);
        contact.UpdatedAt = at;
        changes.Contacts[contact.Id] = contact;
    }

    private void AddContact(ref Rng rng, Customer customer, DateTime at)
    {
        (string First, string Last) person = PeopleNames.Person(ref rng);
        Contact contact = new()
        {
            Id = ++_contactId,
            CustomerId = customer.Id,
            Name = $"{person.First} {person.Last}",
            Email = PeopleNames.Mail(person, customer.Name),
            Phone = PeopleNames.Phone(ref rng),
            Role = rng.Pick(Roles),
            UpdatedAt = at,
        };
        _contacts[customer.Id].Add(contact);
        changes.Contacts[contact.Id] = contact;
    }

    private void AddAddress(ref Rng rng, Customer customer, string kind, DateTime at)
    {
        Address address = new()
        {
            Id = ++_addressId,
            CustomerId = customer.Id,
            Kind = kind,
            Street = PeopleNames.Street(ref rng),
            City = rng.Pick(customer.Country.Cities).Name,
            PostalCode = $"{rng.Between(10_000, 99_999)}",
            Country = customer.Country.Code,
            UpdatedAt = at,
        };
        _addresses[customer.Id].Add(address);
        changes.Addresses[address.Id] = address;
    }

    private void AddLocation(ref Rng rng, Customer customer, DateTime at)
    {
        City city = rng.Pick(customer.Country.Cities);
        Location location = new(
            ++_locationId, customer.Id, $"{city.Name} office {_locationId}", city.Name, customer.Country.Code,
            Math.Round(city.Latitude + rng.Between(-0.1, 0.1), 5),
            Math.Round(city.Longitude + rng.Between(-0.1, 0.1), 5),
            at);
        changes.Locations[location.Id] = location;
    }

    private void Assign(ref Rng rng, Customer customer, DateOnly from, DateTime at)
    {
        if (_assignments.TryGetValue(customer.Id, out Assignment? current))
        {
            current.ValidTo = from.AddDays(-1);
            current.UpdatedAt = at;
            changes.Assignments[current.Id] = current;
        }

        Assignment next = new()
        {
            Id = ++_assignmentId,
            CustomerId = customer.Id,
            SalespersonId = rng.Pick(_salespeople).Id,
            ValidFrom = from,
            UpdatedAt = at,
        };
        _assignments[customer.Id] = next;
        changes.Assignments[next.Id] = next;
    }
}

namespace Landfall.Azure.Bicep;

/// <summary>An object of Bicep: values by name, in the order in which they were added.</summary>
internal sealed class BicepObject : List<KeyValuePair<string, object>>
{
    /// <summary>Adds a value: a text, a number, a boolean, a list, an object or an <see cref="Expression"/>.</summary>
    public void Add(string name, object value) => Add(new(name, value));

    /// <summary>Adds all values of an object that is an expression.</summary>
    public void Spread(Expression values) => Add(new("...", values));
}

namespace Landfall.Testing;

/// <summary>
/// Where a random test begins. As text it is the setting that repeats the test, to be printed with every failure.
/// </summary>
/// <param name="Value">The seed, not negative.</param>
public readonly record struct TestSeed(int Value)
{
    /// <summary>The one variable that every random test obeys.</summary>
    private const string Variable = "LANDFALL_SEED";

    /// <summary>Short enough to be typed.</summary>
    private const int FreshMax = 1_000_000;

    /// <summary>The seed that the environment gives; otherwise another for every run.</summary>
    public static TestSeed Fresh() => new(TestNumbers.Given(Variable) ?? Random.Shared.Next(FreshMax));

    /// <summary>The seed that the environment gives; otherwise the same for every run.</summary>
    public static TestSeed Or(int byDefault) => new(TestNumbers.Of(Variable, byDefault));

    /// <summary>The seed of the one that comes so much later.</summary>
    public static TestSeed operator +(TestSeed seed, int number) => new(seed.Value + number);

    /// <summary>A generator that begins here.</summary>
    public Random Generator() => new(Value);

    /// <summary><c>LANDFALL_SEED=n</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Variable}={Value}");
}

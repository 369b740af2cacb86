namespace Landfall.Testing.Fuzzing;

/// <summary>How many inputs the fuzzers try: few enough for every run of the tests, more where somebody asks.</summary>
public static class FuzzCount
{
    /// <summary>So many times as many inputs.</summary>
    private const string Variable = "LANDFALL_FUZZ";

    /// <summary>A number of inputs, times what the environment says.</summary>
    public static int Of(int byDefault) => byDefault * Math.Max(1, TestNumbers.Of(Variable, 1));
}

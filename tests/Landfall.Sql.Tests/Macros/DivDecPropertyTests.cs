using System.Globalization;
using System.Numerics;

namespace Landfall.Sql.Tests.Macros;

public sealed class DivDecPropertyTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private const int Cases = 20_000;

    [Theory]
    [InlineData(1, 2, 3, 6)]
    [InlineData(2, 6, 6, 12)]
    [InlineData(3, 0, 6, 0)]
    [InlineData(4, 3, 2, 2)]
    public void DivDec_RandomDecimals_EqualsExactArithmetic(int seed, int scaleA, int scaleB, int scale)
    {
        var random = new Random(seed);
        List<(BigInteger A, BigInteger B)> pairs =
            [.. Enumerable.Range(0, Cases).Select(_ => Pair(random, scaleA, scaleB, scale))];
        string values = string.Join(",", pairs.Select(p => $"('{Text(p.A, scaleA)}','{Text(p.B, scaleB)}')"));
        string macro = SqlCompiler.Expand($"@div_dec(a, b, 18, {scale})");

        var answers = fixture.Rows($"select cast({macro} as varchar) from (select cast(x as decimal(38,{scaleA})) as a,"
            + $" cast(y as decimal(38,{scaleB})) as b from (values {values}) as v(x, y))");

        Assert.Equal(Cases, answers.Length);
        for (int i = 0; i < Cases; i++)
        {
            string expected = Text(Exact(pairs[i].A, pairs[i].B, scaleA, scaleB, scale), scale);
            Assert.True(expected == answers[i],
                $"seed {seed}, case {i}: {pairs[i].A}e-{scaleA} / {pairs[i].B}e-{scaleB}"
                + $" = {expected}, not {answers[i]}");
        }
    }

    // Pairs whose quotient fits decimal(18,scale); every fourth is a tie.
    private static (BigInteger A, BigInteger B) Pair(Random random, int scaleA, int scaleB, int scale)
    {
        while (true)
        {
            BigInteger b = Whole(random, random.Next(1, 14));
            BigInteger a = Whole(random, random.Next(1, 18 - (scale / 2)));
            if (random.Next(4) == 0)
            {
                b = 2 * BigInteger.Pow(10, random.Next(0, scaleB + 1)) * random.Next(1, 9);
            }

            if (!b.IsZero && BigInteger.Abs(Exact(a, b, scaleA, scaleB, scale)) < BigInteger.Pow(10, 18))
            {
                return (a, b);
            }
        }
    }

    private static BigInteger Whole(Random random, int digits) =>
        random.NextInt64(-(long)Math.Pow(10, digits), (long)Math.Pow(10, digits));

    // Written apart from the macro: divide with remainder, then look at the remainder.
    private static BigInteger Exact(BigInteger a, BigInteger b, int scaleA, int scaleB, int scale)
    {
        BigInteger numerator = BigInteger.Abs(a) * BigInteger.Pow(10, scaleB + scale);
        BigInteger denominator = BigInteger.Abs(b) * BigInteger.Pow(10, scaleA);
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger remainder);
        return (quotient + (remainder * 2 >= denominator ? 1 : 0)) * a.Sign * b.Sign;
    }

    private static string Text(BigInteger unscaled, int scale)
    {
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return unscaled.Sign < 0 ? "-" + text : text;
    }
}

using Landfall.Estate;
using Landfall.Recommender.Linear;

namespace Landfall.Recommender.Tests.Linear;

public sealed class SymmetricInverseTests
{
    [Fact]
    public void Invert_TwoByTwo_IsTheInverseByHand()
    {
        double[] matrix = [4, 2, 2, 3];

        SymmetricInverse.Invert(matrix, 2, CancellationToken.None);

        Assert.All(
            matrix.Zip([0.375, -0.25, -0.25, 0.5]), p => Assert.Equal(p.Second, p.First, 15));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public void Invert_AnySize_TimesTheMatrixIsOne(int size)
    {
        double[] matrix = Gram(size, seed: size);
        double[] inverse = [.. matrix];

        SymmetricInverse.Invert(inverse, size, CancellationToken.None);

        double worst = 0;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double sum = 0;
                for (int k = 0; k < size; k++)
                {
                    sum += matrix[(row * size) + k] * inverse[(k * size) + column];
                }

                worst = Math.Max(worst, Math.Abs(sum - (row == column ? 1 : 0)));
                Assert.Equal(inverse[(row * size) + column], inverse[(column * size) + row]);
            }
        }

        Assert.InRange(worst, 0, 1e-10);
    }

    [Fact]
    public void Invert_Twice_GivesTheSameBytes()
    {
        double[] first = Gram(600, seed: 1);
        double[] second = [.. first];

        SymmetricInverse.Invert(first, 600, CancellationToken.None);
        SymmetricInverse.Invert(second, 600, CancellationToken.None);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Invert_LowerTriangle_IsAllThatIsRead()
    {
        double[] matrix = Gram(300, seed: 2);
        double[] expected = [.. matrix];
        for (int row = 0; row < 300; row++)
        {
            matrix.AsSpan((row * 300) + row + 1, 299 - row).Fill(double.NaN);
        }

        SymmetricInverse.Invert(matrix, 300, CancellationToken.None);
        SymmetricInverse.Invert(expected, 300, CancellationToken.None);

        Assert.Equal(expected, matrix);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Invert_NotPositiveDefinite_IsRefused(double diagonal)
    {
        double[] matrix = Gram(300, seed: 3);
        matrix[(299 * 300) + 299] = diagonal;

        LandfallException error = Assert.Throws<LandfallException>(
            () => SymmetricInverse.Invert(matrix, 300, CancellationToken.None));

        Assert.Equal("LF4401", error.Code);
    }

    [Fact]
    public void Invert_Cancelled_Ends() => Assert.ThrowsAny<OperationCanceledException>(
        () => SymmetricInverse.Invert(Gram(600, seed: 4), 600, new CancellationToken(canceled: true)));

    private static double[] Gram(int size, int seed)
    {
        Random random = new(seed);
        double[] rows = [.. Enumerable.Range(0, 3 * size).Select(_ => random.NextDouble() - 0.5)];
        double[] matrix = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                for (int k = 0; k < 3; k++)
                {
                    matrix[(row * size) + column] += rows[(row * 3) + k] * rows[(column * 3) + k];
                }
            }

            matrix[(row * size) + row] += 1;
        }

        return matrix;
    }
}

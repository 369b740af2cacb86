using System.Numerics;
using System.Runtime.InteropServices;

namespace Landfall.Recommender.Linear;

/// <summary>Sums over rows, as wide as the processor's vectors.</summary>
internal static class VectorMath
{
    /// <summary>The sum of products.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ReadOnlySpan<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(left);
        ReadOnlySpan<Vector<double>> other = MemoryMarshal.Cast<double, Vector<double>>(right);
        Vector<double> sums = default;
        for (int i = 0; i < wide.Length; i++)
        {
            sums += wide[i] * other[i];
        }

        double sum = Vector.Sum(sums);
        for (int i = wide.Length * Vector<double>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>Adds <c>scale · from</c> to a row of the same length.</summary>
    public static void AddScaled(Span<double> to, ReadOnlySpan<double> from, double scale)
    {
        Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(to);
        ReadOnlySpan<Vector<double>> other = MemoryMarshal.Cast<double, Vector<double>>(from);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] += other[i] * scale;
        }

        for (int i = wide.Length * Vector<double>.Count; i < to.Length; i++)
        {
            to[i] += from[i] * scale;
        }
    }
}

using System.Text;

namespace Landfall.DuckDb.Interop;

/// <summary>Makes list values of text.</summary>
internal static unsafe class TextList
{
    public static ValueHandle Create(IReadOnlyCollection<string> values)
    {
        using LogicalTypeHandle varchar = NativeMethods.CreateLogicalType((int)DuckDbTypeId.Varchar);
        var elements = new IntPtr[values.Count];
        try
        {
            int i = 0;
            foreach (string value in values)
            {
                elements[i++] = Text(value);
            }

            // DuckDB takes a null address for an error, also where the list is empty.
            IntPtr none = IntPtr.Zero;
            fixed (IntPtr* first = elements)
            {
                return NativeMethods.CreateList(varchar, first is null ? &none : first, (ulong)elements.Length);
            }
        }
        finally
        {
            foreach (IntPtr element in elements)
            {
                IntPtr owned = element;
                NativeMethods.DestroyValue(ref owned);
            }
        }
    }

    private static IntPtr Text(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* text = bytes)
        {
            byte none;
            return NativeMethods.CreateVarchar(text is null ? &none : text, (ulong)bytes.Length);
        }
    }
}

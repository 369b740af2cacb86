using System.Runtime.InteropServices;

namespace Landfall.DuckDb.Interop;

/// <summary>C strings that DuckDB hands out.</summary>
internal static unsafe class NativeText
{
    /// <summary>Text that DuckDB keeps; null for a null pointer.</summary>
    public static string? Read(byte* text) => Marshal.PtrToStringUTF8((IntPtr)text);

    /// <summary>Text that is ours to free.</summary>
    public static string? Take(byte* text)
    {
        string? value = Read(text);
        if (text is not null)
        {
            NativeMethods.Free(text);
        }

        return value;
    }
}

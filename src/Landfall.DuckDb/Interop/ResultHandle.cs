using System.Runtime.InteropServices;

namespace Landfall.DuckDb.Interop;

/// <summary>Owns a duckdb_result, which is a structure of the caller's.</summary>
internal sealed unsafe class ResultHandle : DuckDbHandle
{
    public ResultHandle() => SetHandle((IntPtr)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    /// <summary>The next chunk; an invalid handle at the end and after an error.</summary>
    public DataChunkHandle Fetch()
    {
        bool added = false;
        try
        {
            DangerousAddRef(ref added);
            return NativeMethods.FetchChunk(*(NativeResult*)handle);
        }
        finally
        {
            if (added)
            {
                DangerousRelease();
            }
        }
    }

    protected override void Destroy()
    {
        NativeMethods.DestroyResult(handle);
        NativeMemory.Free((void*)handle);
    }
}

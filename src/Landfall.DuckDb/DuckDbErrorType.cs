namespace Landfall.DuckDb;

/// <summary>DuckDB's own classification of an error; the numbers are DuckDB's.</summary>
public enum DuckDbErrorType
{
    /// <summary>Not classified.</summary>
    Invalid = 0,

    /// <summary>A value outside its type's range.</summary>
    OutOfRange = 1,

    /// <summary>A value that does not cast.</summary>
    Conversion = 2,

    /// <summary>A type the engine does not know.</summary>
    UnknownType = 3,

    /// <summary>A decimal operation that failed.</summary>
    Decimal = 4,

    /// <summary>Types that do not match.</summary>
    MismatchType = 5,

    /// <summary>A division by zero.</summary>
    DivideByZero = 6,

    /// <summary>An object of the wrong size.</summary>
    ObjectSize = 7,

    /// <summary>A type that does not fit the operation.</summary>
    InvalidType = 8,

    /// <summary>A value that could not be written or read.</summary>
    Serialization = 9,

    /// <summary>A transaction that is aborted or in conflict.</summary>
    Transaction = 10,

    /// <summary>Not implemented in this engine.</summary>
    NotImplemented = 11,

    /// <summary>An expression that is wrong.</summary>
    Expression = 12,

    /// <summary>A table, column, function or schema that is missing or already there.</summary>
    Catalog = 13,

    /// <summary>Text that is no SQL.</summary>
    Parser = 14,

    /// <summary>The planner failed.</summary>
    Planner = 15,

    /// <summary>The scheduler failed.</summary>
    Scheduler = 16,

    /// <summary>The executor failed.</summary>
    Executor = 17,

    /// <summary>A constraint of a table is broken.</summary>
    Constraint = 18,

    /// <summary>An index failed.</summary>
    Index = 19,

    /// <summary>Statistics failed.</summary>
    Stat = 20,

    /// <summary>The connection failed.</summary>
    Connection = 21,

    /// <summary>Syntax outside the grammar.</summary>
    Syntax = 22,

    /// <summary>A setting that is wrong or locked.</summary>
    Settings = 23,

    /// <summary>A name or type that does not resolve.</summary>
    Binder = 24,

    /// <summary>The network failed.</summary>
    Network = 25,

    /// <summary>The optimizer failed.</summary>
    Optimizer = 26,

    /// <summary>A null pointer inside the engine.</summary>
    NullPointer = 27,

    /// <summary>A file that could not be read or written.</summary>
    IO = 28,

    /// <summary>The statement was interrupted.</summary>
    Interrupt = 29,

    /// <summary>The database is unusable from here on.</summary>
    Fatal = 30,

    /// <summary>A defect of the engine.</summary>
    Internal = 31,

    /// <summary>Input the engine refuses.</summary>
    InvalidInput = 32,

    /// <summary>The memory limit is reached.</summary>
    OutOfMemory = 33,

    /// <summary>Not permitted by the configuration.</summary>
    Permission = 34,

    /// <summary>A parameter whose type does not resolve.</summary>
    ParameterNotResolved = 35,

    /// <summary>A parameter where none may stand.</summary>
    ParameterNotAllowed = 36,

    /// <summary>Something else depends on the object.</summary>
    Dependency = 37,

    /// <summary>An HTTP request failed.</summary>
    Http = 38,

    /// <summary>An extension is missing.</summary>
    MissingExtension = 39,

    /// <summary>An extension could not be loaded.</summary>
    Autoload = 40,

    /// <summary>A sequence is exhausted or missing.</summary>
    Sequence = 41,

    /// <summary>The configuration is invalid.</summary>
    InvalidConfiguration = 42,
}

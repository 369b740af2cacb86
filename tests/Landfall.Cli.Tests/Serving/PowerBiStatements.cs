namespace Landfall.Cli.Tests.Serving;

/// <summary>
/// The statements that Power BI's connector for PostgreSQL sends: how it finds tables, columns, keys and relationships,
/// and the shapes of what it reads.
/// </summary>
internal static class PowerBiStatements
{
    public const string CharacterSets = "select character_set_name from INFORMATION_SCHEMA.character_sets";

    public const string Version = "select version();select current_setting('max_index_keys')";

    public const string Tables =
        "select TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE\r\nfrom INFORMATION_SCHEMA.tables\r\n"
        + "where TABLE_SCHEMA not in ('information_schema', 'pg_catalog')\r\norder by TABLE_SCHEMA, TABLE_NAME";

    /// <summary>Distinct relationships, which both sides' queries begin with.</summary>
    private const string Relationships = """
        from
            (select distinct constraint_catalog, constraint_schema, unique_constraint_schema, constraint_name,
                    unique_constraint_name
                from INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS) fkcon
            inner join
            INFORMATION_SCHEMA.KEY_COLUMN_USAGE fkcol
                on fkcon.CONSTRAINT_SCHEMA = fkcol.CONSTRAINT_SCHEMA
                and fkcon.CONSTRAINT_NAME = fkcol.CONSTRAINT_NAME
            inner join
            INFORMATION_SCHEMA.KEY_COLUMN_USAGE pkcol
                on fkcon.UNIQUE_CONSTRAINT_SCHEMA = pkcol.CONSTRAINT_SCHEMA
                and fkcon.UNIQUE_CONSTRAINT_NAME = pkcol.CONSTRAINT_NAME
        """;

    /// <summary>Columns of a table in order.</summary>
    public static string Columns(string schema, string table) => $"""
        select COLUMN_NAME, ORDINAL_POSITION, IS_NULLABLE,
            case when (data_type like '%unsigned%') then DATA_TYPE || ' unsigned' else DATA_TYPE end as DATA_TYPE
        from INFORMATION_SCHEMA.columns
        where TABLE_SCHEMA = '{schema}' and TABLE_NAME = '{table}'
        order by TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
        """.ReplaceLineEndings("\r\n");

    /// <summary>Primary and unique keys of a table.</summary>
    public static string Indexes(string schema, string table) => $"""
        select i.CONSTRAINT_SCHEMA || '_' || i.CONSTRAINT_NAME as INDEX_NAME, ii.COLUMN_NAME, ii.ORDINAL_POSITION,
            case when i.CONSTRAINT_TYPE = 'PRIMARY KEY' then 'Y' else 'N' end as PRIMARY_KEY
        from INFORMATION_SCHEMA.table_constraints i inner join INFORMATION_SCHEMA.key_column_usage ii
            on i.CONSTRAINT_SCHEMA = ii.CONSTRAINT_SCHEMA and i.CONSTRAINT_NAME = ii.CONSTRAINT_NAME
            and i.TABLE_SCHEMA = ii.TABLE_SCHEMA and i.TABLE_NAME = ii.TABLE_NAME
        where i.TABLE_SCHEMA = '{schema}' and i.TABLE_NAME = '{table}'
        and i.CONSTRAINT_TYPE in ('PRIMARY KEY', 'UNIQUE')
        order by i.CONSTRAINT_SCHEMA || '_' || i.CONSTRAINT_NAME, ii.TABLE_SCHEMA, ii.TABLE_NAME, ii.ORDINAL_POSITION
        """.ReplaceLineEndings("\r\n");

    /// <summary>Relationships whose key is in a table.</summary>
    public static string RelationshipsTo(string schema, string table) => $"""
        select
            pkcol.COLUMN_NAME as PK_COLUMN_NAME,
            fkcol.TABLE_SCHEMA AS FK_TABLE_SCHEMA,
            fkcol.TABLE_NAME AS FK_TABLE_NAME,
            fkcol.COLUMN_NAME as FK_COLUMN_NAME,
            fkcol.ORDINAL_POSITION as ORDINAL,
            fkcon.CONSTRAINT_SCHEMA || '_' || fkcol.TABLE_NAME || '_' || '{table}' || '_'
                || fkcon.CONSTRAINT_NAME as FK_NAME
        {Relationships}
        where pkcol.TABLE_SCHEMA = '{schema}' and pkcol.TABLE_NAME = '{table}'
            and pkcol.ORDINAL_POSITION = fkcol.ORDINAL_POSITION
        order by FK_NAME, fkcol.ORDINAL_POSITION
        """.ReplaceLineEndings("\r\n");

    /// <summary>Relationships that lead out of a table.</summary>
    public static string RelationshipsFrom(string schema, string table) => $"""
        select
            pkcol.TABLE_SCHEMA AS PK_TABLE_SCHEMA,
            pkcol.TABLE_NAME AS PK_TABLE_NAME,
            pkcol.COLUMN_NAME as PK_COLUMN_NAME,
            fkcol.COLUMN_NAME as FK_COLUMN_NAME,
            fkcol.ORDINAL_POSITION as ORDINAL,
            fkcon.CONSTRAINT_SCHEMA || '_' || '{table}' || '_' || pkcol.TABLE_NAME || '_'
                || fkcon.CONSTRAINT_NAME as FK_NAME
        {Relationships}
        where fkcol.TABLE_SCHEMA = '{schema}' and fkcol.TABLE_NAME = '{table}'
            and pkcol.ORDINAL_POSITION = fkcol.ORDINAL_POSITION
        order by FK_NAME, fkcol.ORDINAL_POSITION
        """.ReplaceLineEndings("\r\n");

    /// <summary>Asks which columns a statement has.</summary>
    public static string Probe(string sql) => $"select *\r\nfrom\r\n(\r\n    {sql}\r\n) \"_\"\r\nlimit 0";

    /// <summary>Reads columns of a table.</summary>
    public static string Import(string schema, string table, string[] columns) =>
        "select " + string.Join(",\r\n    ", columns.Select(c => $"\"$Table\".\"{c}\" as \"{c}\""))
        + $"\r\nfrom \"{schema}\".\"{table}\" \"$Table\"";

    /// <summary>A sum by a column, the largest first, as a visual of DirectQuery asks for it.</summary>
    public static string Grouped(string schema, string table, string column, string summed) => $"""
        select "_"."{column}" as "c2",
            "_"."a0" as "a0"
        from
        (
            select "_"."{column}",
                "_"."a0"
            from
            (
                select "rows"."{column}" as "{column}",
                    sum("rows"."{summed}") as "a0"
                from
                (
                    select "{column}",
                        "{summed}"
                    from "{schema}"."{table}" "$Table"
                ) "rows"
                group by "{column}"
            ) "_"
            where not "_"."a0" is null
        ) "_"
        order by "_"."a0" desc,
                "_"."{column}"
        limit 1001
        """.ReplaceLineEndings("\r\n");

    /// <summary>Values of a column of times in order, with the helpers that sort NULL first.</summary>
    public static string NullOrder(string schema, string table, string column) => $"""
        select "_"."{column}" as "c2"
        from
        (
            select "{column}",
                "_"."t0_0" as "t0_0",
                "_"."t1_0" as "t1_0"
            from
            (
                select "_"."{column}" as "{column}",
                    "_"."o0" as "o0",
                    case
                        when "_"."o0" is not null
                        then "_"."o0"
                        else timestamp '1899-12-28 00:00:00'
                    end as "t0_0",
                    case
                        when "_"."o0" is null
                        then 0
                        else 1
                    end as "t1_0"
                from
                (
                    select "rows"."{column}" as "{column}",
                        "rows"."{column}" as "o0"
                    from "{schema}"."{table}" "rows"
                    group by "{column}"
                ) "_"
            ) "_"
        ) "_"
        order by "_"."t0_0",
                "_"."t1_0"
        limit 501
        """.ReplaceLineEndings("\r\n");

    /// <summary>A month of a table, as an incremental refresh reads it.</summary>
    public static string Range(string schema, string table, string column, string time, string from, string to) =>
        $"select \"$Table\".\"{column}\" as \"{column}\"\r\nfrom \"{schema}\".\"{table}\" \"$Table\"\r\n"
        + $"where \"$Table\".\"{time}\" >= {from} and \"$Table\".\"{time}\" < {to}";

    /// <summary>The most rows that DirectQuery takes, and one more to know that there are more.</summary>
    public static string Capped(string sql) => $"select *\r\nfrom\r\n(\r\n    {sql}\r\n) \"_\"\r\nlimit 1000001";
}

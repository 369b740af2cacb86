import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Properties;

/** Reads statements through JDBC; arguments and output as of Read.py, but for the first, which Java does not need. */
final class Read {
    private static final OffsetDateTime EPOCH = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    public static void main(String[] arguments) throws SQLException {
        if (arguments[0].equals("check")) {
            DriverManager.getDriver("jdbc:postgresql:any");
            return;
        }

        Properties login = new Properties();
        login.setProperty("password", System.getenv("PGPASSWORD"));
        try (Connection connection = DriverManager.getConnection(arguments[0], login)) {
            for (int i = 1; i < arguments.length; i += 2) {
                try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(arguments[i + 1])) {
                    print(arguments[i], rows);
                }
                System.out.println(".");
            }
        }
    }

    private static void print(String kinds, ResultSet rows) throws SQLException {
        if (kinds.equals("count")) {
            long count = 0;
            while (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    rows.getObject(column);
                }
                count++;
            }
            System.out.println(count);
            return;
        }

        String[] names = kinds.split(",");
        while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int column = 1; column <= names.length; column++) {
                line.append(column == 1 ? "" : "\t").append(field(names[column - 1], rows, column));
            }
            System.out.println(line);
        }
    }

    private static String field(String kind, ResultSet rows, int column) throws SQLException {
        if (rows.getObject(column) == null) {
            return "-";
        }

        return switch (kind) {
            case "boolean" -> Boolean.toString(rows.getBoolean(column));
            case "integer" -> Long.toString(rows.getLong(column));
            case "double" -> number(rows.getDouble(column));
            case "decimal" -> rows.getBigDecimal(column).toPlainString();
            case "bytes" -> hex(rows.getBytes(column));
            case "date" -> rows.getObject(column, LocalDate.class).toString();
            case "timestamp" ->
                Long.toString(ChronoUnit.MICROS.between(EPOCH, rows.getObject(column, OffsetDateTime.class)));
            default -> hex(rows.getString(column).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "nan" : String.format("%016x", Double.doubleToRawLongBits(value));
    }

    private static String hex(byte[] bytes) {
        return "x" + HexFormat.of().formatHex(bytes);
    }
}

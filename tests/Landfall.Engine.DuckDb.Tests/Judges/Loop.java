import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * One Spark for many statements, which a program asks one after the other. A request is a line: "S" and a statement, or
 * "C" and the path of a table to checkpoint, in Base64. The answer is a line "R" and JSON for each row, then "OK", or
 * "E" and the error in Base64.
 */
public final class Loop {
    public static void main(String[] args) throws Exception {
        var out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, "UTF-8");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (var spark = SparkSession.builder().getOrCreate()) {
            out.println("READY");
            out.flush();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var text = new String(Base64.getDecoder().decode(line.substring(1)), StandardCharsets.UTF_8);
                try {
                    if (line.charAt(0) == 'C') {
                        DeltaLog.clearCache();
                        DeltaLog.forTable(spark, text).checkpoint();
                    } else {
                        for (var row : spark.sql(text).toJSON().collectAsList()) {
                            out.println("R" + row);
                        }
                    }
                    out.println("OK");
                } catch (Exception error) {
                    var message = String.valueOf(error.getMessage()).getBytes(StandardCharsets.UTF_8);
                    out.println("E" + Base64.getEncoder().encodeToString(message));
                }
                out.flush();
            }
        }
    }
}

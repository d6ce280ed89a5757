package parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A table of figures, printed so that it can be pasted into a README. */
final class Table {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, String... columns) {
        this.title = title;
        row(columns);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A row of the median, the 99th percentile and the most, in milliseconds. */
    void row(String what, Histogram nanos) {
        row(what, millis(nanos.getValueAtPercentile(50)), millis(nanos.getValueAtPercentile(99)), millis(nanos.getMaxValue()));
    }

    void print() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(Math.max(widths[i], 3), row.get(i).length());
            }
        });
        System.out.println("\n  " + title + "\n");
        for (int i = 0; i < rows.size(); i++) {
            System.out.println("  " + line(rows.get(i), widths));
            if (i == 0) {
                System.out.println("  " + rule(widths));
            }
        }
        System.out.println();
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - cells.get(i).length());
            line.append(' ').append(i == 0 ? cells.get(i) + pad : pad + cells.get(i)).append(" |");
        }
        return line.toString();
    }

    private static String rule(int[] widths) {
        var line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append("-".repeat(widths[i] + 1)).append(i == 0 ? "-|" : ":|");
        }
        return line.toString();
    }

    static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /** Nanoseconds as milliseconds. */
    static String millis(long nanos) {
        double millis = nanos / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : "%,.0f", millis);
    }

    /** A share of a core. */
    static String share(double cores) {
        return String.format(Locale.ROOT, "%.2f", cores);
    }
}

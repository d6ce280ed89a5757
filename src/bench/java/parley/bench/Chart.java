package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Deliveries a second as bars, in an SVG that carries its own ground, so it reads in light and in dark. */
final class Chart {

    private static final int WIDTH = 760;
    private static final int LEFT = 120;
    private static final int BAR = 26;
    private static final int GAP = 10;
    private static final int ROOM_FOR_FIGURE = 130;

    private static final String STYLE = """
            <style>
              .ground { fill: #ffffff; stroke: #d8dde6 }
              text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #1c2430 }
              .title { font-size: 17px; font-weight: 600 }
              .group { font-weight: 600 }
              .quiet { fill: #5b6675; font-size: 12.5px }
              .name { text-anchor: end }
              .figure { font-variant-numeric: tabular-nums }
              .bar { fill: #9aa7b8 }
              .ours { fill: #2f6fed }
              @media (prefers-color-scheme: dark) {
                .ground { fill: #141a22; stroke: #2c3643 }
                text { fill: #e8edf4 }
                .quiet { fill: #9aa7b8 }
                .bar { fill: #5b6b80 }
                .ours { fill: #6ea0ff }
              }
            </style>
            """;

    private final List<FanoutBench.Figures> all;

    Chart(List<FanoutBench.Figures> all) {
        this.all = all;
    }

    void write(Path file) throws IOException {
        int group = 30 + all.size() * (BAR + GAP) + 14;
        int height = 78 + 2 * group + 6;
        var svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">
                """.formatted(WIDTH, height, WIDTH, height, description()));
        svg.append(STYLE).append("<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"10\"/>\n"
                .formatted(WIDTH - 1, height - 1));
        text(svg, "title", 24, 34, "Deliveries a second on one core");
        text(svg, "quiet", 24, 55, "with 99 of 100 within 100 ms; texts of 100 characters. Parley stores every message first,"
                + " the others store none.");
        group(svg, 78, Shape.ROOM_OF_500.name(), all.stream().map(one -> one.room().best().deliveries()).toList());
        group(svg, 78 + group, Shape.ROOMS_OF_10.name(), all.stream().map(one -> one.rooms().best().deliveries()).toList());
        svg.append("</svg>\n");
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg);
        Say.line("Chart: " + file);
    }

    private void group(StringBuilder svg, int top, String name, List<Double> values) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        text(svg, "group", 24, top + 18, name);
        for (int i = 0; i < values.size(); i++) {
            int y = top + 30 + i * (BAR + GAP);
            double width = Math.max(2, values.get(i) / most * (WIDTH - LEFT - ROOM_FOR_FIGURE));
            text(svg, "name", LEFT - 12, y + 18, all.get(i).name());
            svg.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\"/>\n",
                    i == 0 ? "ours" : "bar", LEFT, y, width, BAR));
            String times = i == 0 ? "" : String.format(Locale.ROOT, "  (1 : %.1f)", values.getFirst() / values.get(i));
            text(svg, "figure", (int) (LEFT + width + 10), y + 18, Table.whole(values.get(i)) + times);
        }
    }

    private String description() {
        var words = new StringBuilder("Deliveries a second on one core.");
        all.forEach(one -> words.append(' ').append(one.name()).append(": ").append(Table.whole(one.room().best().deliveries()))
                .append(" in one room of 500, ").append(Table.whole(one.rooms().best().deliveries())).append(" in 50 rooms of 10."));
        return words.toString();
    }

    private static void text(StringBuilder svg, String style, int x, int y, String words) {
        svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, y, words));
    }
}

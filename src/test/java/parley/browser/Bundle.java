package parley.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes {@code target/bundle} with {@code src/bundle/make.sh}, lets browsers load its parts at the same time, and compresses it:
 * {@code .gz} and, where Node is installed, {@code .br} beside each file that never changes. Exits with 1 if the code of the first paint is
 * over its budget.
 */
public final class Bundle {

    /** Bytes of the first paint's code, compressed with gzip. */
    static final int BUDGET = 60_000;

    private static final Path MADE = Path.of("target/bundle");
    private static final Path ENTRY = MADE.resolve("chat/parley-chat.js");
    private static final Path BUILT = MADE.resolve("chat/built");
    private static final Path PORTAL = MADE.resolve("index.html");
    private static final Pattern ENTRY_CODE = Pattern.compile("import\\{([^}]*)}from\"([^\"]+)\";.*export\\{([^}]*)};");
    private static final Pattern PAIR = Pattern.compile("([\\w$]+) as ([\\w$]+)");
    private static final Pattern STATIC_IMPORT = Pattern.compile("(?:from|import)\\s*\"(\\.[^\"]+\\.js)\"");
    // During an upgrade the next request may reach an instance that has another version, and so other files.
    private static final String LOAD = "const load=async file=>{for(let n=0;;n++)try{return await import(file)}catch(problem){"
            + "if(n>7)throw problem;await new Promise(again=>setTimeout(again,Math.min(4e3,250*2**n)))}};";
    private static final String BROTLI = """
            const [fs, zlib] = [require('node:fs'), require('node:zlib')];
            for (const file of process.argv.slice(1)) {
              const bytes = fs.readFileSync(file);
              const params = { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
              fs.writeFileSync(file + '.br', zlib.brotliCompressSync(bytes, { params }));
            }""";

    private Bundle() {
    }

    /** {@code args} is esbuild. */
    public static void main(String... args) throws IOException, InterruptedException {
        if (!Node.finishes(new ProcessBuilder("sh", "src/bundle/make.sh", args[0]).inheritIO().start())) {
            System.exit(1);
        }
        Map<Path, Integer> firstPaint = weights(ENTRY);
        int bytes = firstPaint.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("The first paint needs " + bytes + " bytes of code (gzip) in " + firstPaint.size() + " files, of "
                + BUDGET + " allowed.");
        if (bytes > BUDGET) {
            System.out.println("The first paint is over its budget: " + firstPaint
                    + ". Load what it doesn't need with import() (chat/panels.js). The largest modules are in target/bundling/meta.json.");
            System.exit(1);
        }
        Set<Path> views = new LinkedHashSet<>(weights(view()).keySet());
        views.removeAll(firstPaint.keySet());
        loadTogether(views);
        compress();
    }

    /** The compressed sizes of a module and of all that it imports, without what it loads later. */
    static Map<Path, Integer> weights(Path entry) throws IOException {
        Map<Path, Integer> found = new LinkedHashMap<>();
        Deque<Path> open = new ArrayDeque<>(List.of(entry));
        while (!open.isEmpty()) {
            Path module = open.remove();
            if (found.containsKey(module)) {
                continue;
            }
            byte[] code = Files.readAllBytes(module);
            found.put(module, gzip(code).length);
            Matcher imports = STATIC_IMPORT.matcher(new String(code, StandardCharsets.UTF_8));
            while (imports.find()) {
                open.add(module.resolveSibling(imports.group(1)).normalize());
            }
        }
        return found;
    }

    private static Path view() throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.getFileName().toString().matches("views-\\w+\\.js")).findFirst().orElseThrow();
        }
    }

    // Browsers find the views only when they run the first paint, which would cost a round trip: the entry and the portal name both.
    private static void loadTogether(Set<Path> views) throws IOException {
        Matcher entry = ENTRY_CODE.matcher(Files.readString(ENTRY));
        if (!entry.find()) {
            throw new IllegalStateException("esbuild wrote another " + ENTRY + " than expected.");
        }
        Map<String, String> names = new HashMap<>();
        PAIR.matcher(entry.group(1)).results().forEach(pair -> names.put(pair.group(2), pair.group(1)));
        String exports = PAIR.matcher(entry.group(3)).results().map(pair -> names.get(pair.group(1)) + ":" + pair.group(2))
                .collect(Collectors.joining(","));
        String code = LOAD + "const code=load(\"" + entry.group(2) + "\");"
                + views.stream().map(view -> "load(\"./built/" + view.getFileName() + "\").catch(()=>{});").collect(Collectors.joining())
                + "export const{" + exports + "}=await code;\n";
        Files.writeString(ENTRY, code);
        String links = Stream.concat(Stream.of(entry.group(2).substring(2)), views.stream().map(view -> "built/" + view.getFileName()))
                .map(file -> "    <link rel=\"modulepreload\" href=\"chat/" + file + "\" />\n").collect(Collectors.joining());
        String html = Files.readString(PORTAL);
        Files.writeString(PORTAL, html.replaceFirst("    <script ", Matcher.quoteReplacement(links) + "    <script "));
    }

    private static void compress() throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(MADE)) {
            files = all.filter(Files::isRegularFile).filter(file -> file.getParent().endsWith("built")).sorted().toList();
        }
        for (Path file : files) {
            Files.write(file.resolveSibling(file.getFileName() + ".gz"), gzip(Files.readAllBytes(file)));
        }
        if (!Node.isInstalled()) {
            System.out.println("Node 20.19 or later isn't installed: the bundle is compressed with gzip only.");
            return;
        }
        List<String> command = Stream.concat(Stream.of("node", "-e", BROTLI), files.stream().map(Path::toString)).toList();
        if (!Node.finishes(new ProcessBuilder(command).inheritIO().start())) {
            throw new IllegalStateException("Node could not compress the bundle.");
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new Best(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static final class Best extends GZIPOutputStream {

        Best(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}

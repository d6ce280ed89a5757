package parley.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes {@code target/npm}, the package {@code @parley/client}: the modules by esbuild, their types by TypeScript from the JSDoc of
 * {@code src/npm}. Without Node 20.19 or later, or if npm can't install TypeScript, it makes no package, and one line says so. Exits with 1
 * if the types have errors or name anything outside {@code src/npm}.
 */
public final class NpmPackage {

    private static final Path SOURCES = Path.of("src/npm");
    private static final Path MADE = Path.of("target/npm");
    private static final Path TYPES = Path.of("target/npm-types");
    private static final List<String> ENTRIES = List.of("index", "element", "react", "vue");
    private static final Pattern REFERENCE = Pattern.compile("(?:from |import\\()[\"'](\\.[^\"']*)[\"']");
    private static final Pattern OWN = Pattern.compile("\\./(\\w+)\\.js");
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(-.+)?");

    private NpmPackage() {
    }

    /** {@code args} are esbuild and the version of the WAR. */
    public static void main(String... args) throws IOException, InterruptedException {
        delete(MADE);
        if (!Node.isInstalled()) {
            System.out.println("Node 20.19 or later isn't installed: the npm package is not made.");
        } else if (!Node.hasCompiler()) {
            System.out.println("npm could not install TypeScript: the npm package is not made.");
        } else if (!isMade(args[0], args[1])) {
            System.exit(1);
        }
    }

    private static boolean isMade(String esbuild, String version) throws IOException, InterruptedException {
        delete(TYPES);
        List<String> compile = List.of("node", Node.COMPILER.toString(), "--project", SOURCES.toString());
        List<String> bundle = List.of("sh", SOURCES.resolve("make.sh").toString(), esbuild);
        for (List<String> command : List.of(compile, bundle)) {
            if (!Node.finishes(new ProcessBuilder(command).inheritIO().start())) {
                return false;
            }
        }
        for (String module : modulesWithTypes()) {
            Files.copy(TYPES.resolve("npm/" + module + ".d.ts"), MADE.resolve("dist/" + module + ".d.ts"));
        }
        String manifest = Files.readString(SOURCES.resolve("package.json"));
        Files.writeString(MADE.resolve("package.json"), manifest.replace("\"0.0.0\"", '"' + semantic(version) + '"'));
        return true;
    }

    // The entries, and the modules that their types name.
    private static Set<String> modulesWithTypes() throws IOException {
        Set<String> found = new LinkedHashSet<>(ENTRIES);
        Deque<String> open = new ArrayDeque<>(ENTRIES);
        while (!open.isEmpty()) {
            String module = open.remove();
            Matcher references = REFERENCE.matcher(Files.readString(TYPES.resolve("npm/" + module + ".d.ts")));
            while (references.find()) {
                Matcher own = OWN.matcher(references.group(1));
                if (!own.matches()) {
                    throw new IllegalStateException("The types of src/npm/" + module + ".js expose " + references.group(1) + ".");
                }
                if (found.add(own.group(1))) {
                    open.add(own.group(1));
                }
            }
        }
        return found;
    }

    /** The version as npm demands it: {@code 1.0-SNAPSHOT} becomes {@code 1.0.0-SNAPSHOT}. */
    static String semantic(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            throw new IllegalArgumentException("The version " + version + " does not begin with MAJOR.MINOR.");
        }
        String patch = parts.group(3) == null ? "0" : parts.group(3);
        String qualifier = parts.group(4) == null ? "" : parts.group(4);
        return parts.group(1) + "." + parts.group(2) + "." + patch + qualifier;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

package parley.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The browser client's checks in Node, without a server: {@code tests} runs its unit tests, {@code types} the TypeScript compiler over its
 * JSDoc types, {@code parts} makes the modules of other projects again and compares them with the committed ones. Exits with 1 if a check
 * fails. Without Node 20.19 or later, or if npm can't install what a check needs, the check is left out and one line says so.
 */
public final class ClientChecks {

    private static final Path SOURCES = Path.of("src/test/javascript").toAbsolutePath();
    private static final Path PARTS = Path.of("src/parts").toAbsolutePath();
    private static final Path COMMITTED_PARTS = Path.of("src/main/webapp/chat/parts").toAbsolutePath();
    private static final Path MAKING_PARTS = Path.of("target/client-parts").toAbsolutePath();

    private ClientChecks() {
    }

    /** {@code args} names one check. */
    public static void main(String... args) throws IOException, InterruptedException {
        boolean passed = switch (args[0]) {
            case "tests" -> passesTests();
            case "types" -> passesTypes();
            case "parts" -> passesParts();
            default -> throw new IllegalArgumentException("Unknown check: " + args[0] + ". Use tests, types or parts.");
        };
        if (!passed) {
            System.exit(1);
        }
    }

    private static boolean passesTests() throws IOException, InterruptedException {
        if (!Node.isInstalled()) {
            System.out.println("Node 20.19 or later isn't installed: the browser client's unit tests are left out.");
            return true;
        }
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=dot"));
        try (Stream<Path> files = Files.list(SOURCES.resolve("unit"))) {
            files.filter(file -> file.toString().endsWith(".test.js")).sorted().forEach(file -> command.add(file.toString()));
        }
        return Node.finishes(new ProcessBuilder(command).directory(SOURCES.toFile()).inheritIO().start());
    }

    private static boolean passesTypes() throws IOException, InterruptedException {
        if (!Node.isInstalled()) {
            System.out.println("Node 20.19 or later isn't installed: the browser client's types are not checked.");
            return true;
        }
        if (!Node.hasCompiler()) {
            System.out.println("npm could not install TypeScript: the browser client's types are not checked.");
            return true;
        }
        List<String> command = List.of("node", Node.COMPILER.toString(), "--project", SOURCES.resolve("types").toString());
        return Node.finishes(new ProcessBuilder(command).inheritIO().start());
    }

    private static boolean passesParts() throws IOException, InterruptedException {
        if (!Node.isInstalled() || !partsInstalled()) {
            System.out.println("npm could not install the browser client's parts: they are not made again and compared.");
            return true;
        }
        Path made = MAKING_PARTS.resolve("made");
        if (!Node.finishes(new ProcessBuilder("node", MAKING_PARTS.resolve("make.mjs").toString(), made.toString()).inheritIO().start())) {
            return false;
        }
        boolean same = true;
        for (Path part : files(made)) {
            Path committed = COMMITTED_PARTS.resolve(part.getFileName());
            if (!Files.exists(committed) || Files.mismatch(part, committed) != -1) {
                System.out.println(committed + " is not what src/parts makes. Run: node " + MAKING_PARTS.resolve("make.mjs") + " "
                        + COMMITTED_PARTS);
                same = false;
            }
        }
        return same;
    }

    // npm compares what it downloads with the hashes of package-lock.json. The copy of the lock says what is there.
    private static boolean partsInstalled() throws IOException, InterruptedException {
        Path present = MAKING_PARTS.resolve("node_modules/installed.json");
        Path lock = PARTS.resolve("package-lock.json");
        Files.createDirectories(MAKING_PARTS);
        for (Path file : files(PARTS)) {
            Files.copy(file, MAKING_PARTS.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(present) && Files.mismatch(lock, present) == -1) {
            return true;
        }
        if (!Node.runs(MAKING_PARTS, "npm", "ci", "--prefer-offline", "--loglevel=error")) {
            return false;
        }
        Files.copy(lock, present, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}

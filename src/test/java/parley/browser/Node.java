package parley.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** Node and what npm installs, where they are there. Every process ends within {@value #MINUTES} minutes. */
final class Node {

    static final Path INSTALLED = Path.of("target/client-types").toAbsolutePath();
    static final Path COMPILER = INSTALLED.resolve("node_modules/typescript/bin/tsc");

    private static final Path WANTED = Path.of("src/test/javascript/types/package.json").toAbsolutePath();
    private static final int MINUTES = 3;

    private Node() {
    }

    /** Whether Node is recent enough: older versions don't recognize ES modules without a package.json. */
    static boolean isInstalled() throws InterruptedException {
        return runs(Path.of(""), "node", "-e", "const [major, minor] = process.versions.node.split('.').map(Number);"
                + "process.exit(major > 22 || (major === 22 && minor >= 7) || (major === 20 && minor >= 19) ? 0 : 1)");
    }

    /** Whether the TypeScript compiler is there, with the types that it needs. Installs them first if needed. */
    static boolean hasCompiler() throws IOException, InterruptedException {
        Path present = INSTALLED.resolve("node_modules/installed.json");
        if (Files.exists(present) && Files.mismatch(WANTED, present) == -1) {
            return true;
        }
        Files.createDirectories(INSTALLED);
        Files.copy(WANTED, INSTALLED.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        if (!runs(INSTALLED, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")) {
            return false;
        }
        // Last, so that an installation that was interrupted counts as none.
        Files.copy(WANTED, present, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    /** Whether the program exists and succeeds. Its output is dropped. */
    static boolean runs(Path folder, String... command) throws InterruptedException {
        try {
            return finishes(new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** Whether the process succeeds in time. */
    static boolean finishes(Process process) throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}

package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * So much of the processor and no more for a running process, wherever it runs: a Linux control group with a quota, as container
 * engines make it too. Needs the right to make one, which root has. To be closed when its process has ended.
 */
final class CpuQuota implements AutoCloseable {

    /** Short, so that who has used it up does not wait for long. */
    private static final int PERIOD_MICROS = 10_000;
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    /** Where the first version of control groups keeps those of the processor. */
    private static final Path GROUPS_OF_CPU = GROUPS.resolve("cpu");

    private final Path group;
    private final boolean firstVersion;

    private CpuQuota(Path group, boolean firstVersion) {
        this.group = group;
        this.firstVersion = firstVersion;
    }

    /** Keeps this process to so many cores, or a part of one; nothing where that can't be done. */
    static Optional<CpuQuota> keep(ProcessHandle process, double cores) {
        boolean firstVersion = Files.isDirectory(GROUPS_OF_CPU);
        try {
            var quota = new CpuQuota(Files.createTempDirectory(firstVersion ? GROUPS_OF_CPU : GROUPS, "parley-bench-"), firstVersion);
            try {
                quota.limit("" + (int) (cores * PERIOD_MICROS));
                quota.set("cgroup.procs", "" + process.pid());
                return Optional.of(quota);
            } catch (IOException noQuotas) {
                quota.close();
                return Optional.empty();
            }
        } catch (IOException noGroups) {
            return Optional.empty();
        }
    }

    /** Lets the process have what it gets again. */
    void lift() {
        try {
            limit(firstVersion ? "-1" : "max");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void limit(String micros) throws IOException {
        if (firstVersion) {
            set("cpu.cfs_period_us", "" + PERIOD_MICROS);
            set("cpu.cfs_quota_us", micros);
        } else {
            set("cpu.max", micros + " " + PERIOD_MICROS);
        }
    }

    private void set(String file, String value) throws IOException {
        Files.writeString(group.resolve(file), value);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(group);
        } catch (IOException stillUsed) {
            Say.line("The control group " + group + " could not be removed: " + stillUsed.getMessage());
        }
    }
}

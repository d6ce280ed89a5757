package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A CPU limit for a running process: a Linux control group with a quota, as container engines use. Requires permission to create
 * control groups, usually root. Close it after the process has ended.
 */
final class CpuQuota implements AutoCloseable {

    /** Short, so that a process that has used up its quota is paused only briefly. */
    private static final int PERIOD_MICROS = 10_000;
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    /** The CPU controller of control groups version 1. */
    private static final Path GROUPS_OF_CPU = GROUPS.resolve("cpu");

    private final Path group;
    private final boolean firstVersion;

    private CpuQuota(Path group, boolean firstVersion) {
        this.group = group;
        this.firstVersion = firstVersion;
    }

    /** Limits a process to this many cores, which may be a fraction; empty if that is not possible here. */
    static Optional<CpuQuota> limit(ProcessHandle process, double cores) {
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

    /** Removes the limit. */
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
            Console.print("Could not remove the control group " + group + ": " + stillUsed.getMessage());
        }
    }
}

package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import parley.metrics.Counter;
import parley.metrics.Metrics;

/** What this instance counts of files. */
@ApplicationScoped
class FileMetrics {

    private Counter bytes;
    private Counter ready;
    private Map<Class<?>, Counter> scans;

    /** For the container's proxy. */
    protected FileMetrics() {
    }

    @Inject
    FileMetrics(Metrics metrics) {
        bytes = metrics.count("parley_file_received_bytes_total", "Bytes of files that were uploaded.");
        ready = metrics.count("parley_files_ready_total", "Files that became ready for a message.");
        String help = "Files that the virus scanner was asked about, by what it said; `none` if it gave no answer.";
        scans = Map.of(VirusScanner.Verdict.Clean.class, metrics.count("parley_file_scans_total", help, "verdict", "clean"),
                VirusScanner.Verdict.Found.class, metrics.count("parley_file_scans_total", help, "verdict", "found"),
                VirusScanner.Verdict.None.class, metrics.count("parley_file_scans_total", help, "verdict", "none"));
    }

    void received(long count) {
        bytes.add(count);
    }

    void ready() {
        ready.increment();
    }

    void scanned(VirusScanner.Verdict verdict) {
        scans.get(verdict.getClass()).increment();
    }
}

package parley.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;

/** A server whose switch for OpenTelemetry is off, as it is by default. */
class NoTracesIT {

    @Test
    void nothingIsTracedOrExported() {
        try (ChatClient alice = ChatClient.of("alice").joins(Http.of("alice").createsRoom())) {
            alice.posts("hi");
        }
        assertThat(Server.instancesOf("parley.tracing.Tracing")).isPositive();
        assertThat(Server.instancesOf("parley.tracing.OpenTelemetryTraces")).isZero();
        assertThat(Server.instancesOf("io.opentelemetry.sdk.trace.export.BatchSpanProcessor")).isZero();
    }
}

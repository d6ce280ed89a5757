package parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins every key and every default: whoever changes one changes the documentation too. */
class SettingsTest {

    @ParameterizedTest
    @CsvSource({"parley.journal.writers,0", "parley.journal.writers,65", "parley.journal.queue,none",
            "parley.journal.batch,1e3", "parley.readers.threads,-1", "parley.readers.queue,0", "parley.answers.threads,0",
            "parley.answers.queue,0", "parley.rooms.cached,0",
            "parley.flushers,0", "parley.outbox.bytes,1000", "parley.outbox.wait-seconds,601",
            "parley.heartbeat-seconds,0", "parley.silence-seconds,25", "parley.subscriptions,0", "parley.memory-log.bytes,1000", "parley.views.fresh-millis,99",
            "parley.heads.every-millis,0", "parley.hiding-millis,0", "parley.bus.queue,0", "parley.drain.window-seconds,601", "parley.retention.sweep-seconds,0",
            "parley.broken-frames,0", "parley.tokens.longest-hours,0", "parley.revocations,999", "parley.issuer.keys-seconds,0", "parley.oidc.issuer,https://idp.example.com", "parley.oidc.client-id,parley",
            "parley.wire,tomcat", "parley.connections,0", "parley.rooms.listened,0",
            "parley.commands.under-way,0", "parley.audit.days,0", "parley.metrics.addresses,prometheus.example", "parley.proxies,proxy.example", "parley.proxies,10.0.0.0/33",
            "parley.proxies.header,Via",
            "parley.limits,maybe", "parley.closed,yes", "parley.limits.kept,0",
            "parley.limits.address.handshakes,0",
            "parley.limits.user.connections,0", "parley.limits.address.connections,0", "parley.limits.user.commands,99",
            "parley.limits.user.refusals,0", "parley.limits.user.calls,0", "parley.limits.address.calls,0", "parley.limits.user.rooms,0",
            "parley.limits.user.memberships,0", "parley.allowed-origins,portal.example.com",
            "parley.allowed-origins,https://portal.example.com/path"})
    void aValueOutOfBoundsStopsTheStartAndIsNamed(String key, String value) {
        assertThatIllegalStateException().isThrownBy(() -> new Settings(new Given(Map.of(key, value))))
                .withMessageContaining(key);
    }

    @Test
    void aNameThatTheDatabaseCannotHoldStopsTheStart() {
        assertThat(new Settings(new Given(Map.of("parley.node", "n".repeat(255)))).node()).hasSize(255);
        assertThatIllegalStateException().isThrownBy(() -> new Settings(new Given(Map.of("parley.node", "n".repeat(256)))))
                .withMessageContaining("parley.node");
    }

    @Test
    void everythingHasItsDefault() {
        Settings settings = new Settings(new Given(Map.of()));
        assertThat(settings.node()).isEqualTo("server");
        assertThat(settings.build()).isEqualTo("unknown");
        assertThat(settings.allowedOrigins()).isEmpty();
        assertThat(settings.frameAncestors()).isEqualTo("'self'");
        assertThat(settings.journalWriters()).isEqualTo(2);
        assertThat(settings.journalQueue()).isEqualTo(10_000);
        assertThat(settings.journalBatch()).isEqualTo(512);
        assertThat(settings.readerThreads()).isEqualTo(4);
        assertThat(settings.readerQueue()).isEqualTo(10_000);
        assertThat(settings.answerThreads()).isEqualTo(8);
        assertThat(settings.answerQueue()).isEqualTo(1_000);
        assertThat(settings.cachedRooms()).isEqualTo(10_000);
        assertThat(settings.flushers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.outboxBytes()).isEqualTo(1_048_576);
        assertThat(settings.outboxWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(25));
        assertThat(settings.silence()).isEqualTo(Duration.ofSeconds(35));
        assertThat(settings.viewsFresh()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.headsEvery()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.closed()).isFalse();
        assertThat(settings.notFoundDelay()).isEqualTo(Duration.ofMillis(25));
        assertThat(settings.busQueue()).isEqualTo(10_000);
        assertThat(settings.drainWindow()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.memoryLogBytes()).isEqualTo(67_108_864);
        assertThat(settings.retentionSweep()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.wire()).isEqualTo(Settings.WireKind.GRIZZLY);
        assertThat(settings.connections()).isEqualTo(50_000);
        assertThat(settings.listenedRooms()).isEqualTo(100_000);
        assertThat(settings.commandsUnderWay()).isEqualTo(200);
        assertThat(settings.subscriptions()).isEqualTo(128);
        assertThat(settings.brokenFrames()).isEqualTo(10);
        assertThat(settings.longestToken()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.issuerKeys()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.revocations()).isEqualTo(1_000_000);
        assertThat(settings.auditKept()).isEqualTo(Duration.ofDays(365));
        assertThat(settings.revision()).isEqualTo("unknown");
        assertThat(settings.metricsAddresses()).isEmpty();
        assertThat(settings.proxies()).isEmpty();
        assertThat(settings.proxiesHeader()).isEqualTo(Settings.ForwardedHeader.X_FORWARDED_FOR);
        assertThat(settings.limits()).isTrue();
        assertThat(settings.limitsKept()).isEqualTo(50_000);
        assertThat(settings.handshakesOfAddress()).isEqualTo(12_000);
        assertThat(settings.connectionsOfUser()).isEqualTo(50);
        assertThat(settings.connectionsOfAddress()).isEqualTo(20_000);
        assertThat(settings.commandsOfUser()).isEqualTo(3_000);
        assertThat(settings.refusalsOfUser()).isEqualTo(300);
        assertThat(settings.callsOfUser()).isEqualTo(1_200);
        assertThat(settings.callsOfAddress()).isEqualTo(60_000);
        assertThat(settings.roomsOfUser()).isEqualTo(1_000);
        assertThat(settings.membershipsOfUser()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://idp.example.com", "idp.example.com", "https://", "https://idp.example.com?a=b", "https://idp.example.com; script-src *",
            "ftp://localhost", "http://localhost.example.com"})
    void aProviderThatIsNotReachedSafelyStopsTheStart(String issuer) {
        assertThatIllegalStateException().isThrownBy(() -> new Settings(new Given(
                Map.of("parley.oidc.issuer", issuer, "parley.oidc.client-id", "parley")))).withMessageContaining("parley.oidc.issuer");
    }

    @Test
    void aProviderHasItsScopes() {
        assertThat(new Settings(new Given(Map.of())).oidc()).isEmpty();
        assertThat(new Settings(new Given(Map.of("parley.oidc.issuer", "https://idp.example.com:8443/realms/a", "parley.oidc.client-id", "parley")))
                .oidc()).contains(new Settings.Oidc("https://idp.example.com:8443/realms/a", "parley", "openid profile"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'self'; script-src *", "https://a.example, https://b.example", "'self'\r\nX: y", "https://ä.example"})
    void whoFramesIsNoOtherPartOfThePolicy(String sources) {
        assertThatIllegalStateException().isThrownBy(() -> new Settings(new Given(Map.of("parley.frame-ancestors", sources))))
                .withMessageContaining("parley.frame-ancestors");
    }

    @Test
    void originsAreAList() {
        Settings settings = new Settings(new Given(
                Map.of("parley.allowed-origins", "https://portal.example.com, https://intranet.example.com:8443")));
        assertThat(settings.allowedOrigins())
                .containsExactly("https://portal.example.com", "https://intranet.example.com:8443");
    }

    @Test
    void whoMayReadTheMetricsIsAList() {
        assertThat(new Settings(new Given(Map.of("parley.metrics.addresses", "10.0.0.9, fd00::/8"))).metricsAddresses()).hasSize(2);
    }

    @Test
    void proxiesAreAList() {
        Settings settings = new Settings(new Given(Map.of("parley.proxies", "10.0.0.5, fd00::/8", "parley.proxies.header", "forwarded")));
        assertThat(settings.proxies()).hasSize(2);
        assertThat(settings.proxiesHeader()).isEqualTo(Settings.ForwardedHeader.FORWARDED);
    }
}

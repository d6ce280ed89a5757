package parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    /** Of each setting its key, a value unlike all others, the component that must have it, and the value there if it looks different. */
    private static final List<String[]> EACH = """
            parley.node                        | left                 | instance.name
            parley.build                       | 1.2                  | instance.build
            parley.revision                    | d0ec0f0              | instance.revision
            parley.closed                      | true                 | instance.closed
            parley.allowed-origins             | https://a.example, http://b.example:81 | pages.allowedOrigins | \
                [https://a.example, http://b.example:81]
            parley.frame-ancestors             | 'self' https://c.example | pages.frameAncestors
            parley.language                    | de-AT | pages.language
            parley.oidc.issuer                 | https://idp.example:8443/realms/a | oidc.issuer
            parley.oidc.client-id              | chat                 | oidc.clientId
            parley.oidc.scopes                 | openid email         | oidc.scopes
            parley.tokens.longest-hours        | 101                  | tokens.longestLife   | PT101H
            parley.issuer.keys-seconds         | 102                  | tokens.issuerKeys    | PT1M42S
            parley.revocations                 | 1003                 | tokens.revocations
            parley.proxies                     | 10.0.0.5, fd00::/8   | proxies.trusted      | [10.0.0.5, fd00::/8]
            parley.proxies.header              | forwarded            | proxies.header       | FORWARDED
            parley.metrics.addresses           | 10.0.0.9             | metrics.addresses    | [10.0.0.9]
            parley.rooms.default               | help=Help desk, a    | rooms.defaults       | \
                [DefaultRoom[id=help, name=Help desk], DefaultRoom[id=a, name=a]]
            parley.rooms.cached                | 104                  | rooms.cached
            parley.rooms.listened              | 105                  | rooms.listened
            parley.views.fresh-millis          | 106                  | rooms.viewsFresh     | PT0.106S
            parley.heads.every-millis          | 107                  | rooms.headsEvery     | PT0.107S
            parley.not-found-delay-millis      | 108                  | rooms.notFoundDelay  | PT0.108S
            parley.messages.edit-seconds       | 143                  | messages.editable    | PT2M23S
            parley.mail.session                | mail/chat            | mail.session
            parley.mail.after-minutes          | 144                  | mail.after           | PT2H24M
            parley.mail.link                   | https://chat.example/parley/ | mail.link
            parley.documents.per-room          | 161                  | documents.perRoom
            parley.documents.bytes             | 1048738              | documents.bytes
            parley.documents.snapshot-bytes    | 1048740              | documents.snapshotBytes
            parley.documents.open              | 162                  | documents.open
            parley.documents.keep-days         | 163                  | documents.kept       | PT3912H
            parley.calls.people                | 5                    | calls.people
            parley.calls.grace-seconds         | 164                  | calls.grace          | PT2M44S
            parley.turn.urls                   | turn:a.example, turns:a.example:5349?transport=tcp | turn.urls | \
                [turn:a.example, turns:a.example:5349?transport=tcp]
            parley.turn.secret                 | a-shared-secret      | turn.secret
            parley.turn.lifetime               | 165                  | turn.lifetime        | PT2M45S
            parley.conference.kind             | livekit              | conference.kind      | LIVEKIT
            parley.conference.url              | https://meet.example/a/ | conference.url    | https://meet.example/a/
            parley.conference.server           | wss://livekit.example | conference.server   | wss://livekit.example
            parley.conference.key              | parley-key           | conference.key       | parley-key
            parley.conference.secret           | a-secret-of-thirty-two-characters | conference.secret | a-secret-of-thirty-two-characters
            parley.people.visible              | rooms                | people.visible       | ROOMS
            parley.search.directory            | /var/lib/search      | search.directory
            parley.search.threads              | 23                   | search.threads
            parley.search.queue                | 145                  | search.queue
            parley.search.query-millis         | 146                  | search.longest       | PT0.146S
            parley.search.content-bytes        | 2000157              | search.contentBytes
            parley.push.contact                | mailto:chat@example.com | push.contact
            parley.push.allowed-hosts          | push.example, Localhost:8443 | push.allowedHosts | [push.example, localhost:8443]
            parley.journal.writers             | 9                    | journal.writers
            parley.journal.queue               | 110                  | journal.queue
            parley.journal.batch               | 111                  | journal.batch
            parley.memory-log.bytes            | 2000112              | journal.memoryBytes
            parley.readers.threads             | 113                  | readers.threads
            parley.readers.queue               | 114                  | readers.queue
            parley.retention.sweep-seconds     | 115                  | retention.sweep      | PT1M55S
            parley.audit.days                  | 116                  | retention.audit      | PT2784H
            parley.retention.default           | 92d                  | retention.kept.standard | 92
            parley.retention.floor-days        | 91                   | retention.kept.floor
            parley.retention.ceiling-days      | 93                   | retention.kept.ceiling
            parley.imports.folder              | /var/lib/imports     | imports.folder
            parley.schedule.per-person         | 777                  | schedule.perPerson
            parley.exports.mebibytes           | 166                  | exports.mebibytes
            parley.exports.days                | 167                  | exports.kept               | PT4008H
            parley.scim.token                  | a-token-of-thirty-two-characters | scim.token
            parley.scim.user-id                | externalId           | scim.userId          | EXTERNAL_ID
            parley.scim.rooms                  | Sales*=sales, All=general | scim.rules      | [Sales*=sales, All=general]
            parley.analytics.days              | 41                   | analytics.kept
            parley.analytics.smallest-group    | 42                   | analytics.smallestGroup
            parley.evidence.seal-seconds       | 43                   | evidence.sealEvery   | PT43S
            parley.evidence.root-minutes       | 44                   | evidence.rootEvery   | PT44M
            parley.connections                 | 117                  | connections.most
            parley.subscriptions               | 118                  | connections.subscriptions
            parley.commands.in-progress        | 119                  | connections.commandsInProgress
            parley.broken-frames               | 120                  | connections.brokenFrames
            parley.wire                        | standard             | sockets.wire         | STANDARD
            parley.receivers                   | 21                   | sockets.receivers
            parley.flushers                    | 22                   | sockets.flushers
            parley.outbox.bytes                | 200123               | outbox.bytes
            parley.outbox.wait-seconds         | 124                  | outbox.longestWait   | PT2M4S
            parley.heartbeat-seconds           | 125                  | heartbeat.interval   | PT2M5S
            parley.silence-seconds             | 126                  | heartbeat.silence    | PT2M6S
            parley.bodies.in-progress          | 127                  | http.bodiesInProgress
            parley.bodies.seconds              | 128                  | http.bodyTime        | PT2M8S
            parley.answers.threads             | 129                  | http.answerThreads
            parley.answers.queue               | 130                  | http.answerQueue
            parley.bus.queue                   | 131                  | cluster.busQueue
            parley.drain.window-seconds        | 132                  | cluster.drainWindow  | PT2M12S
            parley.files.bytes                 | 151                  | files.most
            parley.files.per-message           | 6                    | files.perMessage
            parley.files.user-bytes            | 152                  | files.userBytes
            parley.files.total-bytes           | 153                  | files.totalBytes
            parley.files.uploads               | 154                  | files.uploads
            parley.files.downloads             | 155                  | files.downloads
            parley.files.unfinished-hours      | 156                  | files.unfinished     | PT156H
            parley.files.s3.bucket             | my-bucket            | files.bucket.name
            parley.files.s3.region             | eu-central-9         | files.bucket.region
            parley.files.s3.endpoint           | https://s3.example   | files.bucket.endpoint
            parley.files.s3.access-key         | an-access-key        | files.bucket.accessKey
            parley.files.s3.secret-key         | a-secret-key         | files.bucket.secretKey
            parley.previews.hosts              | Example.com, *.example.org | previews.hosts | [example.com, *.example.org]
            parley.previews.private-hosts      | wiki.example:8080    | previews.privateHosts | [wiki.example:8080]
            parley.hooks.allowed-hosts         | Hooks.example:8443   | hooks.allowedHosts   | [hooks.example:8443]
            parley.hooks.per-room              | 261                  | hooks.perRoom
            parley.hooks.threads               | 251                  | hooks.threads
            parley.hooks.timeout-seconds       | 23                   | hooks.timeout        | PT23S
            parley.hooks.give-up-hours         | 164                  | hooks.patience       | PT164H
            parley.jms.connections             | jms/my/connections   | jms.connections
            parley.jms.events                  | jms/my/events        | jms.events
            parley.jms.inbound                 | jms/my/inbound       | jms.inbound
            parley.jms.refused                 | jms/my/refused       | jms.refused
            parley.jms.evidence                | jms/my/evidence      | jms.evidence
            parley.limits                      | off                  | limits.on            | false
            parley.limits.kept                 | 133                  | limits.kept
            parley.limits.user.connections     | 134                  | limits.user.connections
            parley.limits.user.commands        | 135                  | limits.user.commands
            parley.limits.user.refusals        | 136                  | limits.user.refusals
            parley.limits.user.calls           | 137                  | limits.user.calls
            parley.limits.user.rooms           | 138                  | limits.user.rooms
            parley.limits.user.memberships     | 139                  | limits.user.memberships
            parley.limits.address.handshakes   | 140                  | limits.address.handshakes
            parley.limits.address.connections  | 141                  | limits.address.connections
            parley.limits.address.calls        | 142                  | limits.address.calls
            """.lines().map(line -> line.split("\\s*\\|\\s*")).toList();

    private static final List<String> FEATURES =
            List.of("edit", "reactions", "threads", "pins", "read", "direct", "people", "files", "search", "notifications",
                    "documents", "calls", "hooks", "schedule");

    @Test
    void eachKeySetsItsComponent() {
        Map<String, String> given = EACH.stream().collect(Collectors.toMap(row -> row[0], row -> row[1]));
        Map<String, String> expected = EACH.stream().collect(Collectors.toMap(row -> row[2], row -> row.length == 4 ? row[3] : row[1]));
        assertThat(expected.values()).doesNotHaveDuplicates();
        FEATURES.forEach(feature -> expected.put("features." + feature, "true"));
        expected.put("features.previews", "false");
        expected.put("search.contents", "true");
        given.put("parley.exports.own", "off");
        expected.put("exports.own", "false");
        given.put("parley.evidence", "off");
        expected.put("evidence.isOn", "false");
        expected.put("messages.copied", "false");
        expected.put("push.withText", "false");
        expected.put("mail.withText", "false");
        expected.put("files.bucket.pathStyle", "false");
        expected.put("files.bucket.checksums", "true");
        given.put("parley.files.clamd", "clamd.example:3311");
        expected.put("files.scanner.host", "clamd.example");
        expected.put("files.scanner.port", "3311");
        assertThat(components(Settings.of(new Given(given)))).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void eachFeatureIsSwitchedOffAlone() {
        for (String off : FEATURES) {
            Map<String, String> components = components(Settings.of(new Given(Map.of("parley.features." + off, "off"))).features());
            assertThat(FEATURES).allSatisfy(feature ->
                    assertThat(components.get(feature)).isEqualTo(String.valueOf(!feature.equals(off))));
        }
    }

    @Test
    void eachSwitchOfABucketIsSetAlone() {
        Map<String, String> bucket = Map.of("parley.files.s3.bucket", "files");
        assertThat(bucketOf(bucket, "parley.files.s3.path-style", "true")).extracting("pathStyle", "checksums").containsExactly(true, true);
        assertThat(bucketOf(bucket, "parley.files.s3.checksums", "false")).extracting("pathStyle", "checksums")
                .containsExactly(false, false);
        assertThat(bucketOf(bucket, "parley.files.s3.secret-key", "secret").toString()).doesNotContain("secret");
        assertThat(Settings.of(new Given(Map.of())).files().bucket()).isEmpty();
    }

    @Test
    void queuesNeedAConnectionFactoryAndAQueueForWhatIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Settings.of(new Given(Map.of("parley.jms.events", "jms/a"))))
                .withMessageContaining("parley.jms.connections");
        assertThatIllegalStateException().isThrownBy(() -> Settings.of(new Given(Map.of("parley.jms.evidence", "jms/a"))))
                .withMessageContaining("parley.jms.connections");
        assertThatIllegalStateException().isThrownBy(() -> Settings.of(new Given(Map.of("parley.jms.connections", "jms/a",
                "parley.jms.inbound", "jms/b")))).withMessageContaining("parley.jms.refused");
    }

    private static FileSettings.Bucket bucketOf(Map<String, String> bucket, String key, String value) {
        Map<String, String> given = new HashMap<>(bucket);
        given.put(key, value);
        return Settings.of(new Given(given)).files().bucket().orElseThrow();
    }

    @Test
    void onlyASettingPutsTextIntoAPushOrAMail() {
        assertThat(Settings.of(new Given(Map.of("parley.push.text", "true"))).push().withText()).isTrue();
        assertThat(Settings.of(new Given(Map.of("parley.mail.text", "true"))).mail().withText()).isTrue();
    }

    @Test
    void onlyASettingHasLinksFetched() {
        assertThat(Settings.of(new Given(Map.of())).features().previews()).isFalse();
        assertThat(Settings.of(new Given(Map.of("parley.features.previews", "on"))).features().previews()).isTrue();
    }

    @Test
    void onlyASettingKeepsCopiesOfMessages() {
        assertThat(Settings.of(new Given(Map.of("parley.messages.copies", "on"))).messages().copied()).isTrue();
    }

    @Test
    void eachDefaultIsAllowed() {
        Settings settings = Settings.of(new Given(Map.of()));
        assertThat(settings.instance()).isEqualTo(new Settings.Instance("server", "unknown", "unknown", false));
        assertThat(settings.outbox()).isEqualTo(new Settings.Outbox(1 << 20, Duration.ofSeconds(30)));
        assertThat(settings.oidc()).isEmpty();
        assertThat(settings.proxies().trusted()).isEmpty();
        assertThat(settings.rooms().defaults()).containsExactly(new DefaultRoom("general", "General"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberOneBeyondABoundStopsTheStart(Setting<?> setting, Values.WholeNumber<?> values) {
        assertRefused(setting.key(), "" + (values.least() - 1));
        assertRefused(setting.key(), "" + (values.most() + 1));
        assertThat(setting.read(given(setting.key(), "" + values.least()))).isNotNull();
        assertThat(setting.read(given(setting.key(), " " + values.most() + " "))).isNotNull();
    }

    private static Stream<Object[]> numbers() {
        return Settings.declared().values().stream().flatMap(List::stream)
                .filter(setting -> setting.values() instanceof Values.WholeNumber<?>)
                .map(setting -> new Object[] {setting, setting.values()});
    }

    @Test
    void theReasonNamesTheKeyTheValueAndWhatIsAllowed() {
        assertThatIllegalStateException().isThrownBy(() -> Settings.of(new Given(Map.of("parley.journal.writers", "1e3"))))
                .withMessage("parley.journal.writers is `1e3`. It must be a whole number of threads from 1 to 64.");
        assertThatIllegalStateException().isThrownBy(() -> Settings.of(new Given(Map.of("parley.wire", "tomcat"))))
                .withMessage("parley.wire is `tomcat`. It must be `grizzly` or `standard`.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "parley.files.bytes | 1 MiB", "parley.files.bytes | 0", "parley.files.bytes | 1073741825", "parley.files.clamd | clamd",
        "parley.files.clamd | clamd:70000", "parley.files.s3.endpoint | s3.example", "parley.files.s3.bucket | A_Bucket",
        "parley.previews.hosts | https://example.com", "parley.previews.hosts | *.", "parley.previews.private-hosts | *.example.com",
        "parley.limits | maybe", "parley.closed | yes", "parley.proxies.header | Via", "parley.silence-seconds | 25",
        "parley.metrics.addresses | prometheus.example", "parley.proxies | proxy.example", "parley.proxies | 10.0.0.5, 10.0.0.0/33",
        "parley.allowed-origins | portal.example.com", "parley.allowed-origins | https://portal.example.com/path",
        "parley.allowed-origins | https://portal example.com", "parley.rooms.default | two words=Two", "parley.rooms.default | general=",
        // Each would be another part of the header that it is written to.
        "parley.frame-ancestors | 'self'; script-src *", "parley.frame-ancestors | https://a.example, https://b.example",
        "parley.frame-ancestors | https://\u00e4.example", "parley.language | deutsch", "parley.language | de_AT"})
    void aValueThatIsNotAllowedStopsTheStart(String key, String value) {
        assertRefused(key, value);
    }

    @Test
    void aTextOneBeyondABoundStopsTheStart() {
        assertThat(Settings.of(new Given(Map.of("parley.node", "n".repeat(255)))).instance().name()).hasSize(255);
        assertRefused("parley.node", "n".repeat(256));
        assertRefused("parley.frame-ancestors", "'self'\r\nX: y");
        assertRefused("parley.rooms.default", "a=" + "n".repeat(101));
        assertRefused("parley.rooms.default", "a".repeat(65));
    }

    @ParameterizedTest
    @CsvSource({"http://idp.example.com", "idp.example.com", "https://", "https://idp.example.com?a=b",
        "https://idp.example.com; script-src *", "ftp://localhost", "http://localhost.example.com"})
    void anUnsafeIssuerStopsTheStart(String issuer) {
        assertThatIllegalStateException().isThrownBy(() -> Settings.of(new Given(
                Map.of("parley.oidc.issuer", issuer, "parley.oidc.client-id", "parley")))).withMessageContaining("parley.oidc.issuer");
    }

    @Test
    void anIssuerAndItsClientAreSetTogether() {
        assertRefused("parley.oidc.issuer", "https://idp.example.com");
        assertRefused("parley.oidc.client-id", "parley");
        Settings settings = Settings.of(new Given(Map.of("parley.oidc.issuer", "http://localhost:9/a", "parley.oidc.client-id", "parley")));
        assertThat(settings.oidc()).contains(new Settings.Oidc("http://localhost:9/a", "parley", "openid profile"));
    }

    private static void assertRefused(String key, String value) {
        assertThatIllegalStateException().isThrownBy(() -> Settings.of(new Given(Map.of(key, value)))).withMessageContaining(key);
    }

    private static Function<String, Optional<String>> given(String key, String value) {
        return asked -> asked.equals(key) ? Optional.of(value) : Optional.empty();
    }

    /** All values in a record and the records in it, by their path. */
    private static Map<String, String> components(Record record) {
        Map<String, String> values = new HashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(component, record);
            Object content = value instanceof Optional<?> optional ? optional.orElseThrow() : value;
            if (content instanceof Record nested) {
                components(nested).forEach((path, each) -> values.put(component.getName() + "." + path, each));
            } else {
                values.put(component.getName(), String.valueOf(content));
            }
        }
        return values;
    }

    private static Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}

package parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.client.SimulatedServer.Peer;
import parley.kit.RawFrame;
import tools.jackson.databind.JsonNode;

/** The Java client against a server that refuses, breaks, repeats, leaves out, and answers late. */
class ParleyTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @AutoClose
    private final SimulatedServer server = new SimulatedServer();
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<Parley> clients = new ArrayList<>();
    private final BlockingQueue<RoomEvent> events = new LinkedBlockingQueue<>();

    @org.junit.jupiter.api.AfterEach
    void closeClients() {
        clients.forEach(Parley::close);
    }

    private ParleyBuilder builder(URI... servers) {
        return Parley.builder(servers.length == 0 ? new URI[] {server.address()} : servers)
                .tokens(() -> "token-" + tokens.incrementAndGet());
    }

    private Parley connect(ParleyBuilder builder) {
        Parley client = builder.connect(SOON, Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(20),
                Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(100));
        clients.add(client);
        return client;
    }

    private Parley connect() {
        return connect(builder());
    }

    private RoomEvent next() throws InterruptedException {
        RoomEvent event = events.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    private String nextText() throws InterruptedException {
        return ((RoomEvent.Posted) next()).text();
    }

    private static ParleyException failure(CompletableFuture<?> future) {
        try {
            future.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
            throw new AssertionError("The command succeeded");
        } catch (CompletionException failed) {
            return (ParleyException) failed.getCause();
        }
    }

    private static <T> T result(CompletableFuture<T> future) {
        return future.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Nested
    class Refuses {

        @Test
        void aServerThatIsNoAddress() {
            assertThatThrownBy(() -> Parley.builder(URI.create("ftp://localhost"))).hasMessageContaining("ftp://localhost");
            assertThatThrownBy(Parley::builder).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void settingsOutsideTheirBounds() {
            ParleyBuilder builder = builder();
            assertThatThrownBy(() -> builder.buffer(1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.unsent(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.resetMessages(101)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.commandTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Parley.builder(server.address()).connect()).hasMessageContaining("tokens");
        }

        @Test
        void oneCommandMoreThanItKeeps() {
            Parley client = connect(builder().unsent(2));
            client.room("general").post("one");
            client.room("general").post("two");
            assertThat(failure(client.room("general").post("three")).code()).isEqualTo("unsent_full");
            assertThat(client.stats().unsent()).isEqualTo(2);
        }

        @Test
        void aCommandThatIsLargerThanTheServerAllows() {
            Parley client = connect();
            Peer peer = server.greets();
            result(client.ready());
            assertThat(failure(client.room("general").post("x".repeat(65_536))).code()).isEqualTo("too_large");
            client.room("general").post("fits");
            assertThat(peer.receives("message.post").get("text").stringValue()).isEqualTo("fits");
        }

        @Test
        void commandsAfterItsEnd() {
            Parley client = connect();
            client.close();
            assertThat(result(client.ended()).code()).isEqualTo("closed");
            assertThat(failure(client.room("general").post("late")).code()).isEqualTo("closed");
            assertThat(failure(client.ready()).code()).isEqualTo("closed");
            client.room("other").listen(events::add);
            assertThat(client.state()).isEqualTo(ConnectionState.ENDED);
        }
    }

    @Nested
    class Ends {

        @Test
        void withoutAToken() {
            Parley client = connect(Parley.builder(server.address()).tokens(() -> null));
            assertThat(result(client.ended()).code()).isEqualTo("signed_out");
        }

        @Test
        void afterThreeRefusedTokens() throws InterruptedException {
            server.refuses("401 Unauthorized");
            server.refuses("401 Unauthorized");
            server.refuses("401 Unauthorized");
            Parley client = connect();
            assertThat(result(client.ended()).code()).isEqualTo("unauthorized");
            assertThat(tokens).hasValue(3);
            assertThat(server.hasNoConnectionWithin(Duration.ofMillis(200))).isTrue();
        }

        @Test
        void whenTheServerForbidsIt() {
            server.refuses("403 Forbidden");
            assertThat(result(connect().ended()).code()).isEqualTo("forbidden");
        }

        @ParameterizedTest
        @ValueSource(ints = {4002, 4003})
        void withACodeThatSaysSo(int code) {
            Parley client = connect();
            client.room("general").listen(events::add);
            CompletableFuture<Receipt> post = client.room("general").post("unsent");
            server.greets().closes(code, "why");
            Ending ending = result(client.ended());
            assertThat(ending.code()).isEqualTo(code == 4003 ? "forbidden" : "broken");
            assertThat(ending.detail()).contains("why");
            assertThat(failure(post).code()).isEqualTo("closed");
        }

        @Test
        void aRoomThatTheServerRefuses() throws InterruptedException {
            Parley client = connect();
            client.room("secret").listen(events::add);
            Peer peer = server.greets();
            peer.refuses(peer.receives("subscribe"), "not_found", false, 0);
            assertThat(next()).isEqualTo(new RoomEvent.Ended("secret", "not_found"));
        }

        @Test
        void aRoomWithItsSubscription() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer peer = server.greets().subscribes("general", 4);
            next();
            peer.says("{'type':'unsubscribed','room':'general','code':'gone','resubscribe':false}");
            assertThat(next()).isEqualTo(new RoomEvent.Ended("general", "gone"));
            peer.posted("general", 5, "after");
            assertThat(peer.receivesNothingWithin(Duration.ofMillis(100))).isTrue();
            assertThat(events).isEmpty();
        }
    }

    @Nested
    class Connects {

        @Test
        void againWithAnotherTokenWhenOneIsRefused() {
            server.refuses("401 Unauthorized");
            Parley client = connect();
            assertThat(server.greets().token()).isEqualTo("token-2");
            result(client.ready());
        }

        @Test
        void againWithAnotherTokenWhenOneExpires() {
            connect();
            server.greets().closes(4001, "the token expired");
            assertThat(server.greets().token()).isEqualTo("token-2");
        }

        @Test
        void againAfterTheTimeThatABusyServerNames() {
            server.refuses("503 Service Unavailable\r\nRetry-After: 1");
            long begun = System.nanoTime();
            connect();
            server.greets();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(900), SOON);
        }

        @Test
        void againAfterTheTimeThatARestartingServerNames() {
            connect();
            Peer peer = server.greets();
            long begun = System.nanoTime();
            peer.closes(1012, "{\"after\":400}");
            server.greets();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(350), SOON);
        }

        @Test
        void againWhenTokensFail() {
            AtomicInteger calls = new AtomicInteger();
            Parley client = connect(Parley.builder(server.address()).tokens(() -> {
                if (calls.incrementAndGet() < 3) {
                    throw new IllegalStateException("The issuer is away.");
                }
                return "good";
            }));
            assertThat(server.greets().token()).isEqualTo("good");
            assertThat(result(client.ready()).get("node").stringValue()).isEqualTo("one");
            assertThat(client.stats().errors()).isEqualTo(2);
        }

        @Test
        void toTheNextServerWhenOneIsGone() {
            try (SimulatedServer other = new SimulatedServer()) {
                Parley client = connect(builder(server.address(), other.address()));
                Peer first = server.greets();
                result(client.ready());
                first.drops();
                other.greets();
                await().atMost(SOON).until(() -> client.stats().reconnections() == 1);
            }
        }

        @Test
        void againWhenTheServerIsSilent() {
            Parley client = connect();
            server.next().isSilent().hello(100, Duration.ofHours(1));
            server.greets();
            await().atMost(SOON).until(() -> client.stats().reconnections() == 1);
        }

        @Test
        void againWhenACommandHasNoAnswerAndTheServerIsSilent() {
            Parley client = connect();
            Peer peer = server.next().isSilent().hello(25_000, Duration.ofHours(1));
            CompletableFuture<Receipt> post = client.room("general").post("hello");
            JsonNode first = peer.receives("message.post");
            Peer other = server.greets();
            JsonNode again = other.receives("message.post");
            assertThat(again.get("key")).isEqualTo(first.get("key"));
            other.accepts(again, "{'offset':7,'duplicate':true}");
            assertThat(result(post)).isEqualTo(new Receipt(7, true));
        }

        @Test
        void againWhenTheServerGreetsInAnotherLanguage() {
            connect();
            server.next().says("{'type':'welcome'}");
            server.greets();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{'type':", "", "[1]", "{'re':1}{'re':2}"})
        void againAfterAFrameThatIsNotOneObject(String frame) {
            connect();
            server.greets().says(frame);
            server.greets();
        }

        @Test
        void againAfterABinaryFrame() {
            connect();
            server.greets().sends(RawFrame.of(RawFrame.FIN | RawFrame.BINARY, new byte[] {1}));
            server.greets();
        }

        @Test
        void overTlsOnlyToAServerThatItTrusts(@TempDir Path folder) throws Exception {
            SSLContext context = tls(folder);
            try (SimulatedServer secure = new SimulatedServer(context.getServerSocketFactory())) {
                connect(builder(secure.address("https")));
                assertThat(secure.hasNoConnectionWithin(Duration.ofMillis(300))).isTrue();
                Parley trusting = connect(builder(secure.address("https")).trust(context));
                secure.greets();
                result(trusting.ready());
            }
        }

        private SSLContext tls(Path folder) throws Exception {
            Path store = folder.resolve("store.p12");
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                    "-keystore", store.toString(), "-storepass", "secret", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost",
                    "-ext", "san=dns:localhost").redirectErrorStream(true).start();
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (var input = Files.newInputStream(store)) {
                keys.load(input, "secret".toCharArray());
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, "secret".toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", keys.getCertificate("server"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        }
    }

    @Nested
    class Commands {

        @Test
        void failAsTheServerRefusesThem() {
            Parley client = connect();
            CompletableFuture<Void> join = client.room("general").join();
            Peer peer = server.greets();
            peer.refuses(peer.receives("room.join"), "forbidden", false, 0);
            ParleyException refused = failure(join);
            assertThat(refused.code()).isEqualTo("forbidden");
            assertThat(refused).hasMessage("No.");
            assertThat(refused.temporary()).isFalse();
            assertThat(client.stats().errors()).isEqualTo(1);
        }

        @Test
        void failWithoutAnAnswerInTime() {
            Parley client = connect(builder().commandTimeout(Duration.ofMillis(300)));
            CompletableFuture<JsonNode> history = client.room("general").command("history", Map.of("limit", 10));
            assertThat(server.greets().receives("history").get("limit").intValue()).isEqualTo(10);
            ParleyException late = failure(history);
            assertThat(late.code()).isEqualTo("timeout");
            assertThat(late.temporary()).isTrue();
            assertThat(client.stats().unsent()).isZero();
        }

        @Test
        void failWithoutAConnectionInTime() {
            Parley client = connect(builder(URI.create("http://localhost:1/parley")).commandTimeout(Duration.ofMillis(300)));
            assertThat(failure(client.command("ping", Map.of())).code()).isEqualTo("timeout");
        }

        @Test
        void areSentAgainAfterABreak() {
            Parley client = connect();
            CompletableFuture<Void> react = client.room("general").react(3, "👍");
            Peer first = server.greets();
            first.receives("reaction.add");
            first.drops();
            Peer second = server.greets();
            JsonNode again = second.receives("reaction.add");
            assertThat(again.get("message").longValue()).isEqualTo(3);
            second.accepts(again, "{'offset':9}");
            result(react);
        }
    }

    @Nested
    class Posts {

        @Test
        void keepTheirKeyUntilTheyAreStored() {
            Parley client = connect();
            CompletableFuture<Receipt> post = client.room("general").post(Post.of("hello").withKey("mine").inThread(3).mentioning("bob"));
            Peer first = server.greets();
            JsonNode sent = first.receives("message.post");
            assertThat(sent.get("key").stringValue()).isEqualTo("mine");
            assertThat(sent.get("thread").longValue()).isEqualTo(3);
            assertThat(sent.get("mentions").get(0).stringValue()).isEqualTo("bob");
            first.drops();
            Peer second = server.greets();
            JsonNode again = second.receives("message.post");
            assertThat(again.get("key").stringValue()).isEqualTo("mine");
            second.accepts(again, "{'offset':5,'duplicate':true}");
            assertThat(result(post)).isEqualTo(new Receipt(5, true));
        }

        @Test
        void ofARoomAreSentOneAtATimeInOrder() throws InterruptedException {
            Parley client = connect();
            CompletableFuture<Receipt> first = client.room("general").post("one");
            CompletableFuture<Receipt> second = client.room("general").post("two");
            client.room("other").post("three");
            Peer peer = server.greets();
            JsonNode one = peer.receives("message.post");
            assertThat(one.get("text").stringValue()).isEqualTo("one");
            assertThat(peer.receives("message.post").get("text").stringValue()).isEqualTo("three");
            assertThat(peer.receivesNothingWithin(Duration.ofMillis(100))).isTrue();
            peer.accepts(one, "{'offset':1,'duplicate':false}");
            JsonNode two = peer.receives("message.post");
            assertThat(two.get("text").stringValue()).isEqualTo("two");
            peer.accepts(two, "{'offset':2,'duplicate':false}");
            assertThat(result(first).offset()).isEqualTo(1);
            assertThat(result(second).offset()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"unavailable", "rate_limited"})
        void waitAsLongAsTheServerSays(String code) {
            Parley client = connect();
            CompletableFuture<Receipt> first = client.room("general").post("one");
            client.room("general").post("two");
            Peer peer = server.greets();
            long begun = System.nanoTime();
            peer.refuses(peer.receives("message.post"), code, true, 400);
            JsonNode again = peer.receives("message.post");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(350));
            assertThat(again.get("text").stringValue()).as("the order").isEqualTo("one");
            peer.accepts(again, "{'offset':1,'duplicate':false}");
            assertThat(result(first).offset()).isEqualTo(1);
            assertThat(peer.receives("message.post").get("text").stringValue()).isEqualTo("two");
        }

        @Test
        void ofOneRoomDoNotWaitForThoseOfAnotherOne() {
            Parley client = connect();
            client.room("slow").post("one");
            Peer peer = server.greets();
            peer.refuses(peer.receives("message.post"), "unavailable", true, 60_000);
            CompletableFuture<Receipt> fast = client.room("fast").post("two");
            peer.accepts(peer.receives("message.post"), "{'offset':1,'duplicate':false}");
            assertThat(result(fast).offset()).isEqualTo(1);
        }
    }

    @Nested
    class Events {

        @Test
        void beginWithAResetAndFollowInOrder() throws InterruptedException {
            Parley client = connect(builder().resetMessages(10));
            client.room("general").listen(events::add);
            Peer peer = server.greets();
            JsonNode subscribe = peer.receives("subscribe");
            assertThat(subscribe.get("last").intValue()).isEqualTo(10);
            peer.accepts(subscribe, "{'room':'general','epoch':'e','offset':4,'role':'guest','recovered':false,'asOf':5,"
                    + "'messages':[{'offset':3}],'online':[]}");
            RoomEvent.Reset reset = (RoomEvent.Reset) next();
            assertThat(reset.position()).isEqualTo(new Position("e", 4));
            assertThat(reset.asOf()).isEqualTo(5);
            assertThat(reset.role()).isEqualTo("guest");
            assertThat(reset.messages()).singleElement().satisfies(one -> assertThat(one.get("offset").longValue()).isEqualTo(3));
            peer.posted("general", 5, "five").says("{'type':'typing','room':'general','by':{'id':'bob','name':'Bob'},'on':true}")
                    .says("{'type':'reaction.added','room':'general','offset':6,'at':'x','by':{'id':'bob','name':'B'},'message':5}");
            RoomEvent.Posted posted = (RoomEvent.Posted) next();
            assertThat(posted.text()).isEqualTo("five");
            assertThat(posted.by()).isEqualTo("alice");
            assertThat(posted.key()).isEqualTo("k5");
            assertThat(posted.at()).isEqualTo("2026-01-01T11:00:00Z");
            assertThat(((RoomEvent.Passing) next()).type()).isEqualTo("typing");
            RoomEvent.Changed changed = (RoomEvent.Changed) next();
            assertThat(changed.type()).isEqualTo("reaction.added");
            assertThat(changed.position()).isEqualTo(new Position("e", 6));
            assertThat(client.room("general").position()).contains(new Position("e", 6));
        }

        @Test
        void continueAfterTheLastOneOnTheNextConnection() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer first = server.greets().subscribes("general", 4).posted("general", 5, "five");
            next();
            assertThat(nextText()).isEqualTo("five");
            first.drops();
            Peer second = server.greets();
            JsonNode resume = second.receives("subscribe");
            assertThat(resume.get("since").get("epoch").stringValue()).isEqualTo("e");
            assertThat(resume.get("since").get("offset").longValue()).isEqualTo(5);
            second.accepts(resume, "{'room':'general','epoch':'e','offset':6,'role':'member','recovered':true,'online':[]}")
                    .posted("general", 6, "six");
            assertThat(nextText()).isEqualTo("six");
            assertThat(client.stats().resumes()).isEqualTo(1);
            assertThat(client.stats().resets()).isZero();
        }

        @Test
        void beginAgainIfTooMuchWasMissed() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer first = server.greets().subscribes("general", 4);
            next();
            first.drops();
            Peer second = server.greets();
            JsonNode resume = second.receives("subscribe");
            second.accepts(resume, "{'room':'general','epoch':'other','offset':9000,'role':'member','recovered':false,'online':[]}")
                    .posted("general", 9001, "belongs to the next answer");
            JsonNode load = second.receives("subscribe");
            assertThat(load.get("last").intValue()).isEqualTo(50);
            second.accepts(load, "{'room':'general','epoch':'other','offset':9001,'role':'member','recovered':false,'asOf':9001,"
                    + "'messages':[],'online':[]}").posted("general", 9002, "next");
            assertThat(((RoomEvent.Reset) next()).position()).isEqualTo(new Position("other", 9001));
            assertThat(nextText()).isEqualTo("next");
            assertThat(client.stats().resets()).isEqualTo(1);
        }

        @Test
        void beginAgainIfEarlierOnesChanged() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer peer = server.greets().subscribes("general", 4);
            next();
            peer.posted("general", 5, "five")
                    .says("{'type':'room.rewritten','room':'general','offset':6,'at':'x','by':{'id':'carol','name':'Carol'}}")
                    .posted("general", 7, "belongs to the next answer");
            assertThat(nextText()).isEqualTo("five");
            assertThat(((RoomEvent.Changed) next()).type()).isEqualTo("room.rewritten");
            JsonNode load = peer.receives("subscribe");
            assertThat(load.get("last").intValue()).isEqualTo(50);
            peer.accepts(load, "{'room':'general','epoch':'e','offset':7,'role':'member','recovered':false,'asOf':7,'messages':[],"
                    + "'online':[]}").posted("general", 8, "next");
            assertThat(((RoomEvent.Reset) next()).position()).isEqualTo(new Position("e", 7));
            assertThat(nextText()).isEqualTo("next");
        }

        @Test
        void comeOnceAlthoughTheServerRepeatsThem() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            server.greets().subscribes("general", 4).posted("general", 5, "five").posted("general", 5, "five")
                    .posted("general", 4, "four").posted("general", 6, "six");
            next();
            assertThat(nextText()).isEqualTo("five");
            assertThat(nextText()).isEqualTo("six");
            assertThat(client.stats().duplicates()).isEqualTo(2);
        }

        @Test
        void areAskedForWhereOneIsMissing() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer peer = server.greets().subscribes("general", 4).posted("general", 5, "five").posted("general", 7, "seven");
            next();
            JsonNode resume = peer.receives("subscribe");
            assertThat(resume.get("since").get("offset").longValue()).isEqualTo(5);
            peer.posted("general", 8, "too early");
            peer.accepts(resume, "{'room':'general','epoch':'e','offset':8,'role':'member','recovered':true,'online':[]}")
                    .posted("general", 6, "six").posted("general", 7, "seven").posted("general", 8, "eight");
            for (String text : List.of("five", "six", "seven", "eight")) {
                assertThat(nextText()).isEqualTo(text);
            }
            assertThat(client.stats().gaps()).isEqualTo(1);
        }

        @Test
        void beginAgainIfTheServerLeavesOneOutAgainAndAgain() {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer peer = server.greets().subscribes("general", 4);
            for (int i = 0; i < 2; i++) {
                peer.posted("general", 7, "seven");
                JsonNode resume = peer.receives("subscribe");
                assertThat(resume.has("since")).isTrue();
                peer.accepts(resume, "{'room':'general','epoch':'e','offset':7,'role':'member','recovered':true,'online':[]}");
            }
            peer.posted("general", 7, "seven");
            assertThat(peer.receives("subscribe").has("last")).isTrue();
            await().atMost(SOON).until(() -> client.stats().gaps() == 3);
        }

        @Test
        void continueWhenTheServerAsksToSubscribeAgain() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer peer = server.greets().subscribes("general", 4)
                    .says("{'type':'unsubscribed','room':'general','code':'gone','resubscribe':true}");
            next();
            JsonNode resume = peer.receives("subscribe");
            assertThat(resume.get("since").get("offset").longValue()).isEqualTo(4);
            peer.accepts(resume, "{'room':'general','epoch':'e','offset':4,'role':'member','recovered':true,'online':[]}")
                    .posted("general", 5, "five");
            assertThat(nextText()).isEqualTo("five");
        }

        @Test
        void waitWhileASubscriptionIsUnavailable() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer peer = server.greets();
            long begun = System.nanoTime();
            peer.refuses(peer.receives("subscribe"), "unavailable", true, 300);
            peer.subscribes("general", 1);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(250));
            assertThat(next()).isInstanceOf(RoomEvent.Reset.class);
        }

        @Test
        void startAfterAPositionOfAnEarlierRun() throws InterruptedException {
            Parley client = connect();
            client.room("general").resumeAfter(new Position("e", 40));
            client.room("general").listen(events::add);
            Peer peer = server.greets();
            JsonNode resume = peer.receives("subscribe");
            assertThat(resume.get("since").get("offset").longValue()).isEqualTo(40);
            peer.accepts(resume, "{'room':'general','epoch':'e','offset':41,'role':'member','recovered':true,'online':[]}")
                    .posted("general", 41, "missed while the program was away");
            assertThat(nextText()).isEqualTo("missed while the program was away");
        }

        @Test
        void arriveInFragments() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            String frame = "{\"type\":\"message.posted\",\"room\":\"general\",\"offset\":5,\"text\":\"grüße\"}";
            byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
            Peer peer = server.greets().subscribes("general", 4);
            for (int i = 0; i < bytes.length; i++) {
                int head = (i == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION) | (i == bytes.length - 1 ? RawFrame.FIN : 0);
                peer.sends(RawFrame.of(head, new byte[] {bytes[i]}));
            }
            next();
            assertThat(nextText()).isEqualTo("grüße");
        }

        @Test
        void areTheSameInBinaryFrames() throws InterruptedException {
            Parley client = connect(builder().binary());
            client.room("general").listen(events::add);
            Peer peer = server.greets().subscribes("general", 4).posted("general", 5, "fünf");
            next();
            assertThat(nextText()).isEqualTo("fünf");
            byte[] half = new tools.jackson.dataformat.cbor.CBORMapper().writeValueAsBytes(
                    Map.of("type", "message.posted", "room", "general", "offset", 6, "text", "six"));
            peer.sends(RawFrame.of(RawFrame.BINARY, java.util.Arrays.copyOf(half, 10)))
                    .sends(RawFrame.of(RawFrame.FIN, java.util.Arrays.copyOfRange(half, 10, half.length)));
            assertThat(nextText()).isEqualTo("six");
            peer.sends(RawFrame.of(RawFrame.FIN | RawFrame.BINARY, new byte[] {(byte) 0xff}));
            assertThat(server.greets().receives("subscribe").get("since").get("offset").longValue()).isEqualTo(6);
        }

        @Test
        void areNotDeliveredByHalves() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(events::add);
            Peer first = server.greets().subscribes("general", 4);
            byte[] whole = RawFrame.text("{\"type\":\"message.posted\",\"room\":\"general\",\"offset\":5,\"text\":\"five\"}").unmasked()
                    .encoded();
            next();
            first.sends(java.util.Arrays.copyOf(whole, whole.length - 3));
            first.drops();
            JsonNode resume = server.greets().receives("subscribe");
            assertThat(resume.get("since").get("offset").longValue()).isEqualTo(4);
            assertThat(events).isEmpty();
        }

        @Test
        void followAlthoughAListenerThrows() throws InterruptedException {
            Parley client = connect();
            client.room("general").listen(event -> {
                events.add(event);
                throw new IllegalStateException("A bug of the application");
            });
            server.greets().subscribes("general", 4).posted("general", 5, "five");
            next();
            assertThat(nextText()).isEqualTo("five");
            await().atMost(SOON).until(() -> client.stats().errors() == 2);
        }

        @Test
        void endWithTheirListener() throws InterruptedException {
            Parley client = connect();
            Room.Listening listening = client.room("general").listen(events::add);
            Peer peer = server.greets().subscribes("general", 4);
            next();
            listening.close();
            peer.receives("unsubscribe");
            peer.posted("general", 5, "five");
            assertThat(peer.receivesNothingWithin(Duration.ofMillis(100))).isTrue();
            assertThat(events).isEmpty();
        }

        @Test
        void ofThePersonComeWhileThereIsASubscriber() throws InterruptedException {
            Parley client = connect();
            BlockingQueue<JsonNode> own = new LinkedBlockingQueue<>();
            client.events().subscribe(new Listener<>(own::add, failed -> { }));
            Peer first = server.greets();
            first.accepts(first.receives("watch"), "{'rooms':[],'more':false}").says("{'type':'notified','id':1,'room':'general'}");
            assertThat(own.poll(10, TimeUnit.SECONDS).get("type").stringValue()).isEqualTo("watch");
            assertThat(own.poll(10, TimeUnit.SECONDS).get("type").stringValue()).isEqualTo("notified");
            first.drops();
            server.greets().receives("watch");
        }

        @Test
        void ofASlowSubscriberWaitAtTheServer() throws InterruptedException {
            Parley client = connect(builder().buffer(8));
            BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();
            client.room("general").events().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscriptions.add(subscription);
                }

                @Override
                public void onNext(RoomEvent event) {
                    events.add(event);
                }

                @Override
                public void onError(Throwable failed) {
                    throw new AssertionError(failed);
                }

                @Override
                public void onComplete() {
                    // The test ends before.
                }
            });
            Peer peer = server.greets().subscribes("general", 0);
            Thread sending = Thread.ofVirtual().start(() ->
                    LongStream.rangeClosed(1, 1_000).forEach(offset -> peer.posted("general", offset, "text " + offset)));
            await().atMost(SOON).until(() -> client.stats().pauses() == 1);
            long read = client.stats().received();
            assertThat(read).as("frames that were read").isLessThan(40);
            Flow.Subscription subscription = subscriptions.poll(10, TimeUnit.SECONDS);
            subscription.request(3);
            for (int i = 0; i < 3; i++) {
                next();
            }
            assertThat(client.stats().received()).as("more than half still wait").isLessThan(40);
            subscription.request(Long.MAX_VALUE);
            for (long offset = 3; offset <= 1_000; offset++) {
                assertThat(nextText()).isEqualTo("text " + offset);
            }
            sending.join();
            assertThat(client.stats().duplicates() + client.stats().gaps() + client.stats().reconnections()).isZero();
        }

        @Test
        void reachAListenerThatWaitsForAReply() throws InterruptedException {
            Parley client = connect();
            CountDownLatch replied = new CountDownLatch(1);
            client.room("general").listen(event -> {
                client.room("general").post("answer").join();
                replied.countDown();
            });
            Peer peer = server.greets().subscribes("general", 4);
            peer.accepts(peer.receives("message.post"), "{'offset':5,'duplicate':false}");
            assertThat(replied.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void tokenIsReplacedBeforeItExpires() {
        connect();
        Peer peer = server.next().hello(25_000, Duration.ofMillis(400));
        JsonNode refresh = peer.receives("auth.refresh");
        assertThat(refresh.get("token").stringValue()).isEqualTo("token-2");
        peer.accepts(refresh, "{'expires':'2026-01-01T12:00:00.000Z','expiresIn':400}");
        assertThat(peer.receives("auth.refresh").get("token").stringValue()).isEqualTo("token-3");
    }

    @Test
    void statsSayWhatHappened() {
        Parley client = connect();
        List<ConnectionState> states = new java.util.concurrent.CopyOnWriteArrayList<>();
        client.onState(states::add);
        Peer peer = server.greets();
        CompletableFuture<Receipt> post = client.room("general").post("hello");
        JsonNode sent = peer.receives("message.post");
        assertThat(client.stats().unsent()).isEqualTo(1);
        peer.accepts(sent, "{'offset':1,'duplicate':false}");
        result(post);
        await().atMost(SOON).until(() -> !client.stats().roundTrips().isEmpty());
        Stats stats = client.stats();
        assertThat(stats.sent()).as("pings and a post").isBetween(2L, 20L);
        assertThat(stats.received()).as("hello and replies").isBetween(3L, 21L);
        assertThat(stats.connections()).isEqualTo(1);
        assertThat(stats.reconnections()).isZero();
        assertThat(stats.unsent()).isZero();
        assertThat(stats.clockOffset()).hasValueSatisfying(ahead ->
                assertThat(ahead).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(70)));
        client.close();
        assertThat(peer.closeCode()).isEqualTo(1000);
        await().atMost(SOON).until(() -> states.contains(ConnectionState.ENDED));
    }
}

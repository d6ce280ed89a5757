package parley.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.extract.Documents;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Search on a server: what is found, by whom, and what is not found any more. */
class SearchIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int PAIRS = System.getProperty("parley.trial", "short").equals("long") ? 10_000 : 200;
    private static final int PEOPLE = 6;
    private static final int ROOMS = 5;
    private static final List<String> WORDS = List.of("apple", "banana", "cherry", "damson", "elder", "fig");

    private final Http alice = Http.of("alice");
    private final Http bob = Http.of("bob");
    private final String room = alice.createsPrivateRoom();

    @Test
    void findsTheTableOfCases() {
        List<SearchCases.Case> cases = SearchCases.all();
        Map<SearchCases.Case, Long> offsets = new HashMap<>();
        try (ChatClient client = ChatClient.of("alice").joins(room)) {
            cases.forEach(one -> offsets.put(one, post(client, room, one.text())));
        }
        awaitFound(alice, room, cases.getLast().text(), offsets.get(cases.getLast()));
        for (SearchCases.Case one : cases) {
            Map<Long, JsonNode> found = new TreeMap<>();
            search(alice, "room", room, "q", one.query(), "limit", "50").get("results")
                    .forEach(result -> found.put(result.at("/message/offset").longValue(), result.get("highlights")));
            assertThat(found.containsKey(offsets.get(one))).as(one.toString()).isEqualTo(one.found());
            if (one.found()) {
                assertThat(found.get(offsets.get(one)).valueStream()
                        .map(range -> range.get(0).intValue() + "-" + range.get(1).intValue()))
                        .as(one.toString()).containsExactlyElementsOf(one.highlights().stream()
                                .map(range -> range.from() + "-" + range.to()).toList());
            }
        }
    }

    @Test
    void findsOnlyWhatTheCallerMayReadNow() {
        String word = word();
        long offset = post(room, word);
        awaitFound(alice, room, word, offset);
        Tokens.signIn("bob");
        assertThat(offsets(bob, "q", word)).isEmpty();
        assertThat(bob.get("/api/search?room=" + room + "&q=" + word).problem()).isEqualTo("not_found");
        assertThat(bob.get("/api/search?q=in:" + room + "+" + word).problem()).isEqualTo("not_found");

        alice.setsRole(room, "bob", "member");
        assertThat(offsets(bob, "q", word)).containsExactly(offset);
        alice.bans(room, "bob");
        assertThat(offsets(bob, "q", word)).isEmpty();
        alice.liftsBan(room, "bob");
        assertThat(offsets(bob, "q", word)).isEmpty();
        alice.setsRole(room, "bob", "guest");
        assertThat(offsets(bob, "q", word, "room", room)).containsExactly(offset);
        bob.removes(room, "bob");
        assertThat(offsets(bob, "q", word)).isEmpty();

        String open = alice.createsRoom();
        long there = post(open, word);
        awaitFound(bob, open, word, there);
        assertThat(offsets(bob, "q", word)).containsExactly(there);
        alice.bans(open, "bob");
        assertThat(offsets(bob, "q", word)).isEmpty();
        alice.liftsBan(open, "bob");
        assertThat(alice.delete("/api/rooms/" + open).status()).isEqualTo(204);
        assertThat(offsets(bob, "q", word)).isEmpty();
    }

    @Test
    void followsEditsPinsAndDeletionsAtOnce() {
        String word = word();
        String other = word();
        try (ChatClient client = ChatClient.of("alice").joins(room)) {
            long offset = post(client, room, word);
            awaitFound(alice, room, word, offset);
            client.asks("message.edit", Map.of("room", room, "message", offset, "text", other + " https://example.com")).ok();
            assertThat(offsets(alice, "q", word)).isEmpty();
            awaitFound(alice, room, other, offset);
            assertThat(offsets(alice, "room", room, "has", "link")).containsExactly(offset);
            client.asks("message.pin", Map.of("room", room, "message", offset)).ok();
            await().atMost(SOON).until(() -> offsets(alice, "room", room, "has", "pin"), found -> found.contains(offset));
            client.asks("message.unpin", Map.of("room", room, "message", offset)).ok();
            assertThat(offsets(alice, "room", room, "has", "pin")).isEmpty();
            client.asks("message.delete", Map.of("room", room, "message", offset)).ok();
            assertThat(offsets(alice, "q", other)).isEmpty();
            assertThat(offsets(alice, "room", room, "has", "link")).isEmpty();
        }
    }

    @Test
    void findsTheTextOfFilesForMembersUntilTheyAreGone() {
        String inPdf = word();
        String inDocx = word();
        try (ChatClient client = ChatClient.of("alice").joins(room)) {
            String pdf = upload("plan.pdf", Documents.pdf("A page with the word " + inPdf));
            String docx = upload("minutes.docx", Documents.docx("A paragraph", "and one with " + inDocx));
            long offset = client.asks("message.post", Map.of("room", room, "text", "two files", "key", UUID.randomUUID().toString(),
                    "files", List.of(pdf, docx))).offset();
            awaitFound(alice, room, inPdf, offset);
            awaitFound(alice, room, inDocx, offset);
            JsonNode result = search(alice, "q", "files " + inDocx).at("/results/0");
            assertThat(result.get("highlights")).isEmpty();
            assertThat(result.at("/passage/file").stringValue()).isEqualTo(docx);
            assertThat(result.at("/passage/text").stringValue()).isEqualTo("A paragraph\nand one with " + inDocx);
            assertThat(result.at("/passage/highlights/0/0").intValue()).isEqualTo("A paragraph and one with ".length());
            assertThat(search(alice, "q", "files").at("/results/0").has("passage")).isFalse();

            Tokens.signIn("bob");
            assertThat(offsets(bob, "q", inPdf)).isEmpty();
            alice.setsRole(room, "bob", "member");
            assertThat(offsets(bob, "q", inPdf)).containsExactly(offset);
            alice.bans(room, "bob");
            assertThat(offsets(bob, "q", inPdf)).isEmpty();

            client.asks("message.edit", Map.of("room", room, "message", offset, "text", "one file", "files", List.of(pdf))).ok();
            assertThat(offsets(alice, "q", inDocx)).isEmpty();
            assertThat(offsets(alice, "q", inPdf)).containsExactly(offset);
            client.asks("message.delete", Map.of("room", room, "message", offset)).ok();
            assertThat(offsets(alice, "q", inPdf)).isEmpty();
        }
    }

    @Test
    void findsDocumentsForPeopleWhoMayReadThemUntilTheyAreGone() {
        String word = word();
        String title = word();
        String document = alice.createsDocument(room, "Plan " + title);
        String path = "/api/rooms/" + room + "/documents/" + document;
        assertThat(alice.put(path + "/text", Map.of("version", 0, "text", "First.\nThen " + word + " follows.")).status()).isEqualTo(204);
        awaitDocument(alice, word, document);
        awaitDocument(alice, title, document);
        JsonNode page = search(alice, "q", word);
        assertThat(page.get("results")).as("no message").isEmpty();
        assertThat(page.at("/documents/0/room").stringValue()).isEqualTo(room);
        assertThat(page.at("/documents/0/document/title").stringValue()).isEqualTo("Plan " + title);
        assertThat(page.at("/documents/0/passage/text").stringValue()).isEqualTo("First.\nThen " + word + " follows.");
        assertThat(page.at("/documents/0/passage/highlights/0/0").intValue()).isEqualTo("First. Then ".length());
        assertThat(search(alice, "q", title).at("/documents/0/highlights/0/0").intValue()).isEqualTo("Plan ".length());
        assertThat(documents(alice, "q", word + " -first")).isEmpty();
        assertThat(documents(alice, "q", word, "by", "alice")).isEmpty();

        Tokens.signIn("bob");
        assertThat(documents(bob, "q", word)).isEmpty();
        alice.setsRole(room, "bob", "member");
        assertThat(documents(bob, "q", word)).containsExactly(document);
        alice.bans(room, "bob");
        assertThat(documents(bob, "q", word)).isEmpty();

        String later = word();
        assertThat(alice.put(path + "/text", Map.of("version", 0, "text", later)).status()).isEqualTo(204);
        assertThat(documents(alice, "q", word)).as("a former text").isEmpty();
        awaitDocument(alice, later, document);
        assertThat(alice.delete(path).status()).isEqualTo(204);
        assertThat(documents(alice, "q", later)).isEmpty();
        assertThat(documents(alice, "q", title)).isEmpty();
    }

    private static void awaitDocument(Http caller, String text, String document) {
        await().atMost(SOON).until(() -> documents(caller, "q", text), found -> found.contains(document));
    }

    private static List<String> documents(Http caller, String... parameters) {
        return search(caller, parameters).path("documents").valueStream().map(hit -> hit.at("/document/id").stringValue()).toList();
    }

    private String upload(String name, byte[] bytes) {
        return alice.send(HttpRequest.newBuilder(Server.at("/api/rooms/" + room + "/files?name=" + name))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))).json(201).get("id").stringValue();
    }

    @Test
    void pagesHaveEachResultOnce() {
        String word = word();
        long last = 0;
        try (ChatClient client = ChatClient.of("alice").joins(room)) {
            for (int i = 0; i < 45; i++) {
                last = post(client, room, word + " x".repeat(i % 5));
            }
        }
        awaitFound(alice, room, word, last);
        for (String order : List.of("", "time")) {
            Set<Long> all = new HashSet<>();
            String cursor = "";
            int pages = 0;
            do {
                List<String> asked = new ArrayList<>(List.of("q", word, "limit", "20"));
                asked.addAll(order.isEmpty() ? List.of() : List.of("sort", order));
                asked.addAll(cursor.isEmpty() ? List.of() : List.of("cursor", cursor));
                JsonNode page = search(alice, asked.toArray(String[]::new));
                page.get("results").forEach(result -> assertThat(all.add(result.at("/message/offset").longValue())).isTrue());
                assertThat(page.get("total").intValue()).isEqualTo(45);
                cursor = page.has("cursor") ? page.get("cursor").stringValue() : "";
                pages++;
            } while (!cursor.isEmpty() && pages < 5);
            assertThat(all).hasSize(45);
        }
        assertThat(alice.get("/api/search?q=" + word + "&cursor=nonsense").problem()).isEqualTo("bad_request");
        assertThat(alice.get("/api/search").problem()).isEqualTo("bad_request");
        assertThat(alice.get("/api/search?q=123").json(200).has("results")).isTrue();
    }

    /**
     * Random people search for random words while rooms and messages change. What they find, they may read, and it has that text now. What
     * was there a while ago is found.
     */
    @Test
    void neverFindsWhatIsHiddenOrGone() {
        Random random = new Random(7);
        List<Http> people = IntStream.range(0, PEOPLE).mapToObj(n -> Http.of("searcher-" + n)).toList();
        IntStream.range(0, PEOPLE).forEach(n -> Tokens.signIn("searcher-" + n));
        List<String> rooms = IntStream.range(0, ROOMS).mapToObj(n -> people.getFirst().createsPrivateRoom()).toList();
        Map<String, Set<Integer>> members = new HashMap<>();
        Map<String, Map<Long, String>> texts = new HashMap<>();
        rooms.forEach(id -> members.put(id, new HashSet<>(Set.of(0))));
        rooms.forEach(id -> texts.put(id, new TreeMap<>()));
        int found = 0;
        try (ChatClient owner = ChatClient.of("searcher-0")) {
            for (int pair = 0; pair < PAIRS; pair++) {
                String at = rooms.get(random.nextInt(ROOMS));
                change(random, owner, people.getFirst(), at, members.get(at), texts.get(at));
                int person = random.nextInt(PEOPLE);
                String word = WORDS.get(random.nextInt(WORDS.size()));
                for (JsonNode result : search(people.get(person), "q", word, "sort", "time", "limit", "50").get("results")) {
                    String where = result.get("room").stringValue();
                    assertThat(members.get(where)).as("%s in %s, which searcher-%d may not read", word, where, person).contains(person);
                    String text = texts.get(where).get(result.at("/message/offset").longValue());
                    assertThat(result.at("/message/text").stringValue()).isEqualTo(text).contains(word);
                    found++;
                }
            }
        }
        System.out.printf("%d pairs of a person and a query found %d messages: none that was hidden or gone%n", PAIRS, found);
        assertThat(found).isGreaterThan(PAIRS / 3);
        for (String at : rooms) {
            long expected = texts.get(at).values().stream().filter(text -> text.contains("apple")).count();
            await().atMost(SOON).until(() -> search(people.getFirst(), "q", "apple", "room", at).get("total").longValue(),
                    total -> total == expected);
        }
    }

    private static void change(Random random, ChatClient owner, Http admin, String room, Set<Integer> members, Map<Long, String> texts) {
        int person = 1 + random.nextInt(PEOPLE - 1);
        List<Long> offsets = List.copyOf(texts.keySet());
        switch (offsets.isEmpty() ? 9 : random.nextInt(10)) {
            case 0, 1 -> {
                admin.setsRole(room, "searcher-" + person, "member");
                members.add(person);
            }
            case 2 -> {
                admin.removes(room, "searcher-" + person);
                members.remove(person);
            }
            case 3 -> {
                admin.bans(room, "searcher-" + person);
                members.remove(person);
                admin.liftsBan(room, "searcher-" + person);
            }
            case 4 -> {
                long offset = offsets.get(random.nextInt(offsets.size()));
                owner.asks("message.delete", Map.of("room", room, "message", offset)).ok();
                texts.remove(offset);
            }
            case 5, 6 -> {
                long offset = offsets.get(random.nextInt(offsets.size()));
                String text = text(random);
                owner.asks("message.edit", Map.of("room", room, "message", offset, "text", text)).ok();
                texts.put(offset, text);
            }
            default -> {
                String text = text(random);
                texts.put(post(owner, room, text), text);
            }
        }
    }

    private static String text(Random random) {
        return WORDS.get(random.nextInt(WORDS.size())) + " " + WORDS.get(random.nextInt(WORDS.size()));
    }

    // Letters only, so that it is one word.
    private static String word() {
        return "w" + UUID.randomUUID().toString().replaceAll("[0-9-]", "q");
    }

    private static long post(String room, String text) {
        try (ChatClient client = ChatClient.of("alice").joins(room)) {
            return post(client, room, text);
        }
    }

    // Without a check that no log has the text: some are words that are in every log.
    private static long post(ChatClient client, String room, String text) {
        return client.asks("message.post", Map.of("room", room, "text", text, "key", UUID.randomUUID().toString())).offset();
    }

    private static void awaitFound(Http caller, String room, String text, long offset) {
        await().atMost(SOON).until(() -> offsets(caller, "room", room, "q", '"' + text.replace("\"", "") + '"', "limit", "50"),
                found -> found.contains(offset));
    }

    private static List<Long> offsets(Http caller, String... parameters) {
        return search(caller, parameters).get("results").valueStream().map(result -> result.at("/message/offset").longValue()).toList();
    }

    private static JsonNode search(Http caller, String... parameters) {
        List<String> query = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.add(parameters[i] + "=" + Http.escaped(parameters[i + 1]));
        }
        return caller.get("/api/search?" + String.join("&", query)).json(200);
    }
}

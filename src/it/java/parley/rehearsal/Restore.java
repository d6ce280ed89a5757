package parley.rehearsal;

import static org.awaitility.Awaitility.await;
import static parley.rehearsal.Documents.BACKUP;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A dump, what is lost after it, and the way back to it, with the doors closed until the epoch is new. */
record Restore(Machine machine, Chat chat, Group group, Steps steps) {

    void rehearse() throws Exception {
        steps.begin("restore");
        Person alice = chat.person("alice");
        String room = UUID.randomUUID().toString();
        alice.makesRoom(room);
        posts(alice, room, "before the dump");
        steps.take("pg_dump", () -> {
            machine.run(Documents.block(BACKUP, "pg_dump"));
            return "";
        });
        posts(alice, room, "after the dump");
        JsonNode known = alice.asks(Map.of("type", "subscribe", "room", room, "last", 10));
        steps.take("the group and the domain stop", () -> {
            machine.run("asadmin stop-deployment-group parley; asadmin stop-domain");
            return "";
        });
        steps.take("pg_restore", () -> {
            machine.run(Documents.block(BACKUP, "pg_restore"));
            return "";
        });
        opens(alice);
        steps.take("alice resumes", () -> resumes(alice, room, known));
    }

    private void opens(Person alice) throws Exception {
        steps.take("both start with PARLEY_CLOSED", () -> {
            Rehearsal.check(Documents.read(BACKUP).contains("`PARLEY_CLOSED=true`"), "The page says it differently");
            machine.environment.put("PARLEY_CLOSED", "true");
            machine.run("asadmin start-domain");
            group.start();
            return group.ready();
        });
        Person administrator = chat.person("carol", "parley-admin");
        steps.take("who gets in", () -> {
            int people = alice.get("/api/rooms").statusCode();
            int administrators = administrator.get("/api/rooms").statusCode();
            Rehearsal.check(people == 503 && administrators == 200, "alice gets " + people + ", an administrator " + administrators);
            return "503 for alice, 200 for an administrator";
        });
        steps.take("the epoch", () -> {
            machine.environment.put("TOKEN", administrator.token());
            String said = machine.run(Documents.block(BACKUP, "administration/epoch"));
            Rehearsal.check(said.contains("{\"done\":"), said);
            return said.substring(said.indexOf("{\"done\":")).strip();
        });
        steps.take("both open by themselves", () -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> alice.get("/api/rooms").statusCode() == 200
                    && alice.get("/api/rooms").statusCode() == 200);
            return "";
        });
        machine.environment.remove("PARLEY_CLOSED");
        machine.environment.remove("TOKEN");
    }

    private static void posts(Person person, String room, String text) throws InterruptedException {
        person.asks(Map.of("type", "room.join", "room", room), Map.of("type", "message.post", "room", room, "key",
                UUID.randomUUID().toString(),
                "text", text));
    }

    private static String resumes(Person alice, String room, JsonNode known) throws InterruptedException {
        JsonNode resumed = alice.asks(Map.of("type", "subscribe", "room", room, "since",
                Map.of("epoch", known.get("epoch").stringValue(), "offset", known.get("offset").longValue())));
        Rehearsal.check(!resumed.get("recovered").booleanValue(), "She resumed onto other events: " + resumed);
        String page = alice.asks(Map.of("type", "subscribe", "room", room, "last", 10)).toString();
        Rehearsal.check(page.contains("before the dump") && !page.contains("after the dump"), "It is another state: " + page);
        return "recovered:false; what was before the dump is there, what came after it is not";
    }
}

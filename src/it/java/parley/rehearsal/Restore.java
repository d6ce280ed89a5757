package parley.rehearsal;

import static org.awaitility.Awaitility.await;
import static parley.rehearsal.Documents.BACKUP;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Backup and restore: the restored instances serve only administrators until the epoch is renewed. */
record Restore(Host host, Chat chat, Group group, Steps steps) {

    void rehearse() throws Exception {
        steps.section("restore");
        Person alice = chat.person("alice");
        String room = UUID.randomUUID().toString();
        alice.createRoom(room);
        post(alice, room, "before the dump");
        steps.run("pg_dump", () -> {
            host.run(Documents.block(BACKUP, "pg_dump"));
            return "";
        });
        post(alice, room, "after the dump");
        JsonNode known = alice.send(Map.of("type", "subscribe", "room", room, "last", 10));
        steps.run("the group and the domain stop", () -> {
            host.run("asadmin stop-deployment-group parley; asadmin stop-domain");
            return "";
        });
        steps.run("pg_restore", () -> {
            host.run(Documents.block(BACKUP, "pg_restore"));
            return "";
        });
        startClosed(alice);
        steps.run("alice resumes", () -> resume(alice, room, known));
    }

    private void startClosed(Person alice) throws Exception {
        steps.run("both start with PARLEY_CLOSED", () -> {
            Rehearsal.check(Documents.read(BACKUP).contains("`PARLEY_CLOSED=true`"), "backup.md does not mention PARLEY_CLOSED=true");
            host.environment.put("PARLEY_CLOSED", "true");
            host.run("asadmin start-domain");
            group.start();
            return group.ready();
        });
        Person administrator = chat.person("carol", "parley-admin");
        steps.run("access while closed", () -> {
            int people = alice.get("/api/rooms").statusCode();
            int administrators = administrator.get("/api/rooms").statusCode();
            Rehearsal.check(people == 503 && administrators == 200, "alice gets " + people + ", an administrator " + administrators);
            return "503 for alice, 200 for an administrator";
        });
        steps.run("renew the epoch", () -> {
            host.environment.put("TOKEN", administrator.token());
            String output = host.run(Documents.block(BACKUP, "administration/epoch"));
            Rehearsal.check(output.contains("{\"done\":"), output);
            return output.substring(output.indexOf("{\"done\":")).strip();
        });
        steps.run("both instances open", () -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> alice.get("/api/rooms").statusCode() == 200
                    && alice.get("/api/rooms").statusCode() == 200);
            return "";
        });
        host.environment.remove("PARLEY_CLOSED");
        host.environment.remove("TOKEN");
    }

    private static void post(Person person, String room, String text) throws InterruptedException {
        person.send(Map.of("type", "room.join", "room", room), Map.of("type", "message.post", "room", room, "key",
                UUID.randomUUID().toString(),
                "text", text));
    }

    private static String resume(Person alice, String room, JsonNode known) throws InterruptedException {
        JsonNode resumed = alice.send(Map.of("type", "subscribe", "room", room, "since",
                Map.of("epoch", known.get("epoch").stringValue(), "offset", known.get("offset").longValue())));
        Rehearsal.check(!resumed.get("recovered").booleanValue(), "Resumed although the log had changed: " + resumed);
        String page = alice.send(Map.of("type", "subscribe", "room", room, "last", 10)).toString();
        Rehearsal.check(page.contains("before the dump") && !page.contains("after the dump"), "Unexpected messages: " + page);
        return "recovered:false; only messages from before the dump";
    }
}

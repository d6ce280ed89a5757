package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.journal.RoomLog;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.protocol.WireTime;
import tools.jackson.databind.node.ObjectNode;

/** Writes the files of an export, in an order that depends only on the request and the logs. Waits for the database. */
@ApplicationScoped
class Writing {

    private static final int ROOMS = 200;
    private static final int EVENTS = 1_000;
    private static final String MANIFEST = "manifest.json";

    @Inject
    private ExportRows rows;
    @Inject
    private ExportFiles files;
    @Inject
    private RoomLog log;
    @Inject
    private RoomFiles roomFiles;
    @Inject
    private OwnData ownData;
    @Inject
    @Any
    private Instance<HeldContent> held;

    /**
     * Writes what is not written yet.
     *
     * @return the manifest
     */
    ExportedFile all(Run run) throws IOException {
        if (run.job().files() == 0) {
            decide(run);
        }
        rooms(run);
        if (run.request().held()) {
            held(run);
        }
        if (run.request().own()) {
            ownData.write(run);
        }
        people(run);
        return manifest(run);
    }

    private void decide(Run run) {
        FileWriter memberships = run.file("memberships.jsonl");
        FileWriter list = run.file("rooms.jsonl");
        int place = 0;
        List<ExportRows.Cut> page = rows.rooms(run.job().id(), place, ROOMS);
        while (!page.isEmpty()) {
            List<ExportRows.Cut> decided = new ArrayList<>();
            for (ExportRows.Cut cut : page) {
                decided.add(decide(run, cut, memberships, list));
                run.look();
            }
            rows.readable(decided);
            place = page.getLast().place() + 1;
            page = rows.rooms(run.job().id(), place, ROOMS);
        }
        memberships.complete();
        list.complete();
        rows.decided(run.job().id(), run.nextFile());
    }

    private ExportRows.Cut decide(Run run, ExportRows.Cut cut, FileWriter memberships, FileWriter list) {
        ExportRequest request = run.request();
        Optional<ReadableRange> readable = request.person().map(person -> new ReadableRange(cut.room(), person,
                request.own() ? Optional.empty() : request.from(), request.to()));
        // One person's lines wait until it is known whether the room is in the export.
        List<ObjectNode> waiting = new ArrayList<>();
        Memberships folded = new Memberships(cut.room(), user -> request.person().map(user::equals).orElse(true),
                line -> {
                    if (readable.isPresent()) {
                        waiting.add(line);
                    } else {
                        memberships.write(Lines.bytes(line));
                    }
                });
        long after = 0;
        List<RoomEvent> page = log.aboutMembers(cut.room(), after, cut.upTo(), EVENTS);
        while (!page.isEmpty()) {
            page.stream().filter(event -> event.at().isBefore(request.to())).forEach(event -> {
                folded.apply(event);
                readable.ifPresent(fold -> fold.apply(event));
            });
            after = page.getLast().offset();
            page = log.aboutMembers(cut.room(), after, cut.upTo(), EVENTS);
            run.look();
        }
        folded.end();
        long upTo = readable.map(fold -> fold.upTo(cut.upTo())).orElse(cut.upTo());
        Optional<RoomProfile> profile = readable.isPresent() ? readable.filter(fold -> upTo > 0).map(ReadableRange::profile)
                : folded.profile();
        if (upTo > 0 || request.own()) {
            waiting.forEach(line -> memberships.write(Lines.bytes(line)));
            list.write(Lines.bytes(line(cut.room(), profile)));
        }
        // What people wrote is theirs, also where they can no longer read.
        return cut.reading(request.own() ? cut.upTo() : upTo, profile.map(RoomProfile::name).orElse(""));
    }

    private static ObjectNode line(String room, Optional<RoomProfile> profile) {
        ObjectNode line = Lines.object().put("room", room);
        profile.ifPresent(known -> {
            line.put("kind", known.kind().wire());
            if (!known.name().isEmpty()) {
                line.put("name", known.name());
            }
            if (!known.topic().isEmpty()) {
                line.put("topic", known.topic());
            }
        });
        return line;
    }

    private void rooms(Run run) throws IOException {
        List<ExportRows.Cut> page = rows.rooms(run.job().id(), run.job().done(), ROOMS);
        while (!page.isEmpty()) {
            for (ExportRows.Cut cut : page) {
                if (!cut.done() && cut.readable() > 0) {
                    roomFiles.write(run, cut);
                    rows.done(cut, run.events(), run.nextFile());
                }
                run.look();
            }
            page = rows.rooms(run.job().id(), page.getLast().place() + 1, ROOMS);
        }
    }

    private void held(Run run) {
        List<ExportRows.Cut> page = rows.rooms(run.job().id(), 0, ROOMS);
        while (!page.isEmpty()) {
            for (ExportRows.Cut cut : page) {
                for (HeldContent content : held) {
                    held(run, cut, content);
                }
                run.look();
            }
            page = rows.rooms(run.job().id(), page.getLast().place() + 1, ROOMS);
        }
    }

    /** Writes what one of those who keep content has of a room, as far as the export covers it. */
    static void held(Run run, ExportRows.Cut cut, HeldContent content) {
        FileWriter file = null;
        List<HeldContent.Original> page = content.of(cut.room(), 0, 0, EVENTS);
        while (!page.isEmpty()) {
            for (HeldContent.Original original : page) {
                if (original.offset() <= cut.readable() && original.removed().isBefore(run.request().to())) {
                    file = file == null ? run.file("held/" + cut.room() + "/events.jsonl") : file;
                    file.write(Lines.bytes("{\"offset\":" + original.offset() + ",\"removed\":\"" + WireTime.text(original.removed())
                            + "\",\"frame\":" + original.frame() + "}\n"));
                }
            }
            run.look();
            page = content.of(cut.room(), page.getLast().offset(), page.getLast().version(), EVENTS);
        }
        if (file != null) {
            file.complete();
        }
    }

    private void people(Run run) {
        FileWriter file = run.file("people.jsonl");
        List<User> page = files.people(run.job().id(), "");
        while (!page.isEmpty()) {
            page.forEach(user -> file.write(Lines.bytes(Lines.object().put("user", user.id()).put("name", user.name()))));
            page = files.people(run.job().id(), ExportFiles.key(page.getLast()));
        }
        file.complete();
    }

    private ExportedFile manifest(Run run) {
        String job = run.job().id();
        FileWriter manifest = run.file(MANIFEST);
        manifest.write(Lines.bytes("{\"format\":\"parley-export-1\",\"request\":" + run.request().json() + ",\"files\":["));
        String chain = ExportedFile.FIRST_CHAIN;
        long start = 0;
        String separator = "\n";
        List<ExportedFile> page = files.fromPlace(job, 0);
        while (!page.isEmpty()) {
            List<ExportedFile> placed = new ArrayList<>();
            List<String> chains = new ArrayList<>();
            for (ExportedFile file : page) {
                chain = file.chain(chain);
                ExportedFile at = file.at(start);
                start = Archive.after(at);
                placed.add(at);
                chains.add(chain);
                manifest.write(Lines.bytes(separator + Lines.object().put("path", file.path()).put("bytes", file.bytes())
                        .put("sha256", file.sha256()).put("chain", chain)));
                separator = ",\n";
            }
            files.place(job, placed, chains);
            run.look();
            page = files.fromPlace(job, page.getLast().place() + 1);
        }
        manifest.write(Lines.bytes("\n],\"chain\":\"" + chain + "\"}\n"));
        ExportedFile last = manifest.complete().at(start);
        files.place(job, List.of(last), List.of(""));
        return last;
    }
}

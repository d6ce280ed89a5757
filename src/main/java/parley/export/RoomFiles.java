package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.file.SharedFiles;
import parley.file.StoredFile;
import parley.file.Uploads;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.protocol.AttachedFile;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.protocol.WireTime;
import tools.jackson.databind.node.ObjectNode;

/** Writes the events of a room, its mails and its files, a page of the log at a time. */
@ApplicationScoped
class RoomFiles {

    private static final int PAGE = 1_000;
    private static final int BUFFER = 64 * 1024;
    /** People that are noted at once. */
    private static final int MOST_PEOPLE = 1_000;

    @Inject
    private RoomLog log;
    @Inject
    private Uploads uploads;
    @Inject
    private SharedFiles shared;
    @Inject
    private ExportFiles files;

    /** The files of a room that are being written. For one thread. */
    private final class Room {
        private final Run run;
        private final ExportRows.Cut cut;
        private final Set<User> people = new HashSet<>();
        private FileWriter events;
        private FileWriter list;
        private FileWriter mails;
        private Digest digest;
        private LocalDate day;

        Room(Run run, ExportRows.Cut cut) {
            this.run = run;
            this.cut = cut;
        }

        void add(LoggedFrame logged) throws IOException {
            RoomEvent event = logged.event();
            if (!run.request().covers(event.at())) {
                return;
            }
            if (events == null) {
                events = run.file(path("events.jsonl"));
            }
            events.write(Lines.bytes("{\"offset\":" + logged.offset() + ",\"at\":\"" + WireTime.text(event.at()) + "\",\"frame\":"
                    + logged.frame().text() + "}\n"));
            run.event();
            name(event.by());
            if (event.change() instanceof MemberChange change) {
                name(change.user());
            }
            Map<String, String> hashes = files(event);
            if (run.request().mail() && Digest.has(event)) {
                mail(event, hashes);
            }
        }

        private String path(String name) {
            return "rooms/" + cut.room() + "/" + name;
        }

        private void name(User user) {
            if (people.add(user) && people.size() >= MOST_PEOPLE) {
                files.addPeople(run.job().id(), people);
                people.clear();
            }
        }

        // The clock of an instance may be behind, but days only go on.
        private void mail(RoomEvent event, Map<String, String> hashes) throws IOException {
            LocalDate next = Digest.day(event.at());
            if (day == null || next.isAfter(day)) {
                endDay();
                day = next;
                mails = run.file(path("mail/" + day + ".eml"));
                digest = new Digest(mails, cut.room(), cut.title(), day);
            }
            digest.add(event, hashes);
        }

        private void endDay() throws IOException {
            if (mails != null) {
                digest.end();
                mails.complete();
            }
        }

        private Map<String, String> files(RoomEvent event) throws IOException {
            List<AttachedFile> attached = switch (event.change()) {
                case MessageChange.Posted posted -> posted.files();
                case MessageChange.Edited edited -> edited.files();
                default -> List.of();
            };
            Map<String, String> hashes = new HashMap<>();
            for (AttachedFile file : attached) {
                file(event, file).ifPresent(hash -> hashes.put(file.id(), hash));
            }
            return hashes;
        }

        private Optional<String> file(RoomEvent event, AttachedFile file) throws IOException {
            Optional<StoredFile> found = uploads.find(file.id())
                    .filter(stored -> stored.state() == StoredFile.State.READY && stored.room().equals(cut.room()));
            if (list == null) {
                list = run.file(path("files.jsonl"));
            }
            ObjectNode line = Lines.object().put("event", event.offset()).put("file", file.id()).put("name", file.name())
                    .put("type", file.type()).put("size", file.size());
            if (found.isPresent()) {
                String hash = found.get().sha256();
                line.put("sha256", hash);
                if (run.request().files()) {
                    line.put("path", copied(found.get()));
                }
            } else {
                line.put("missing", true);
            }
            list.write(Lines.bytes(line));
            return found.map(StoredFile::sha256);
        }

        // Files with the same bytes are in the export once.
        private String copied(StoredFile file) throws IOException {
            String path = "files/" + file.sha256();
            if (!files.has(run.job().id(), path)) {
                FileWriter copy = run.file(path);
                try (InputStream bytes = shared.open(file, 0, file.size())) {
                    byte[] buffer = new byte[BUFFER];
                    int count = bytes.read(buffer);
                    while (count > 0) {
                        copy.write(buffer, 0, count);
                        count = bytes.read(buffer);
                    }
                }
                copy.complete();
            }
            return path;
        }

        void complete() throws IOException {
            endDay();
            if (list != null) {
                list.complete();
            }
            if (events != null) {
                events.complete();
            }
            files.addPeople(run.job().id(), people);
        }
    }

    /** Writes the files of a room. Waits for the database. */
    void write(Run run, ExportRows.Cut cut) throws IOException {
        Room room = new Room(run, cut);
        Optional<String> actor = run.request().own() ? run.request().person() : Optional.empty();
        long after = 0;
        while (true) {
            List<LoggedFrame> page = log.storedFrames(cut.room(), after, cut.readable(), actor, PAGE);
            for (LoggedFrame logged : page) {
                room.add(logged);
            }
            run.look();
            if (page.size() < PAGE) {
                room.complete();
                return;
            }
            after = page.getLast().offset();
        }
    }
}

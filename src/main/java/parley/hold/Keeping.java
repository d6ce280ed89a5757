package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import parley.file.HeldFiles;
import parley.journal.Leaving;
import parley.journal.Original;
import parley.journal.Originals;
import parley.protocol.AttachedFile;
import parley.protocol.Change;
import parley.protocol.MessageChange;

/** Keeps what holds cover when it leaves its room, in the transaction that removes it. */
@ApplicationScoped
class Keeping implements Originals {

    private ActiveHolds holds;
    private HeldFiles files;
    private Clock clock;

    /** For the container's proxy. */
    protected Keeping() {
    }

    @Inject
    Keeping(ActiveHolds holds, HeldFiles files) {
        this(holds, files, Clock.systemUTC());
    }

    Keeping(ActiveHolds holds, HeldFiles files, Clock clock) {
        this.holds = holds;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public boolean wants(String room, EntityManager em) {
        return holds.locked(em).stream().anyMatch(hold -> hold.scope().reaches(room));
    }

    @Override
    public void take(Leaving leaving, EntityManager em) {
        Map<Original, Set<String>> kept = new LinkedHashMap<>();
        Collection<List<Original>> messages = messages(leaving.originals());
        for (Hold hold : holds.locked(em)) {
            for (List<Original> message : messages) {
                if (message.stream().anyMatch(hold.scope()::covers)) {
                    message.forEach(original -> kept.computeIfAbsent(original, none -> new LinkedHashSet<>()).add(hold.id()));
                }
            }
        }
        if (!kept.isEmpty()) {
            keepEvents(leaving, kept, em);
            keepFiles(leaving, kept, em);
        }
    }

    // The events of each message together, every other event alone. What has no content any more was kept before.
    private static Collection<List<Original>> messages(List<Original> originals) {
        Map<Long, List<Original>> messages = new LinkedHashMap<>();
        for (Original original : originals) {
            Change change = original.event().change();
            if (!isRedacted(change)) {
                long message = change instanceof MessageChange.OfMessage ofMessage ? ofMessage.message() : original.offset();
                messages.computeIfAbsent(message, none -> new ArrayList<>()).add(original);
            }
        }
        return messages.values();
    }

    private static boolean isRedacted(Change change) {
        return switch (change) {
            case MessageChange.Posted posted -> posted.deleted();
            case MessageChange.Edited edited -> edited.deleted();
            default -> false;
        };
    }

    private void keepEvents(Leaving leaving, Map<Original, Set<String>> kept, EntityManager em) {
        Map<Long, HeldEvent> before = HeldRows.latest(leaving.room(), kept.keySet().stream().map(Original::offset).toList(), em);
        Instant now = leaving.cause().map(event -> event.at()).orElseGet(clock::instant);
        List<HeldEvent> added = new ArrayList<>();
        List<HeldRows.Link> links = new ArrayList<>();
        kept.forEach((original, by) -> {
            HeldEvent event = before.get(original.offset());
            if (event == null || !event.original().frame().equals(original.frame())) {
                event = new HeldEvent(original, event == null ? 1 : event.version() + 1, leaving.reason(),
                        leaving.cause().map(cause -> cause.by().id()), now);
                added.add(event);
            }
            for (String hold : by) {
                links.add(new HeldRows.Link(hold, event.place()));
            }
        });
        HeldRows.add(added, em);
        HeldRows.link(links, em);
    }

    private void keepFiles(Leaving leaving, Map<Original, Set<String>> kept, EntityManager em) {
        Map<String, Set<String>> holders = new LinkedHashMap<>();
        kept.forEach((original, by) -> filesOf(original.event().change()).forEach(file ->
                holders.computeIfAbsent(file.id(), none -> new LinkedHashSet<>()).addAll(by)));
        // After an edit the message still carries the files that the new text names.
        leaving.cause().stream().flatMap(event -> filesOf(event.change())).forEach(file -> holders.remove(file.id()));
        if (leaving.reason() != Leaving.Reason.PREVIEWS_REPLACED && leaving.reason() != Leaving.Reason.ERASED) {
            files.take(leaving.room(), holders.keySet(), em).forEach(file ->
                    holders.get(file).forEach(hold -> HeldRows.linkFile(hold, file, em)));
        }
    }

    private static Stream<AttachedFile> filesOf(Change change) {
        return switch (change) {
            case MessageChange.Posted posted -> posted.files().stream();
            case MessageChange.Edited edited -> edited.files().stream();
            default -> Stream.empty();
        };
    }
}

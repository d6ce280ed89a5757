package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.feature.Features;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.protocol.Feature;
import parley.protocol.MessageChange;
import parley.protocol.Position;
import parley.protocol.RoomEvent;
import parley.protocol.Why;
import parley.room.RoomView;
import parley.room.Rooms;
import parley.sql.Statements;

/** The transaction that decides about the events after the positions of some rooms, and moves the positions. Waits for the database. */
@ApplicationScoped
class NotifyCommit {

    /** Events that are found later than this notify nobody, for example those of the time in which notifications were switched off. */
    static final Duration STALE = Duration.ofHours(1);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Positions positions;
    @Inject
    private Rooms rooms;
    @Inject
    private RoomLog log;
    @Inject
    private Attentions attentions;
    @Inject
    private PushRows pushes;
    @Inject
    private MailDigests mails;
    @Inject
    private Features features;

    /**
     * What was committed.
     *
     * @param made new notifications
     * @param removed notifications whose cause is gone
     * @param later rooms that another instance has locked, or whose logs go on
     */
    record Outcome(List<Notification> made, List<NotificationRows.Removed> removed, Set<String> later) {}

    /** Events of one room that are decided about now. */
    private record Search(RoomView view, List<RoomEvent> events, long upTo) {}

    /** An event, and the people whom it may concern. */
    private record Concern(RoomView room, RoomEvent event, long offset, String text, Map<String, EnumSet<Why>> people) {}

    /** Decides about these rooms. Positions that another transaction has locked stay. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Outcome commit(Collection<Found> found, Keywords keywords, Instant now) {
        Map<String, Long> locked = positions.lock(found.stream().map(Found::room).toList());
        Map<String, Position> heads = locked.isEmpty() ? Map.of() : rooms.positions(locked.keySet());
        Set<String> later = new HashSet<>();
        List<Search> searches = new ArrayList<>();
        for (Found room : found) {
            if (!locked.containsKey(room.room())) {
                later.add(room.room());
            } else if (heads.containsKey(room.room())) {
                search(room, locked.get(room.room()), heads.get(room.room()), later, now).ifPresent(searches::add);
            }
        }
        // What happens while notifications are switched off notifies nobody, now or later.
        List<Notification> made = features.isOn(Feature.NOTIFICATIONS) ? made(searches, keywords, now) : List.of();
        List<NotificationRows.Removed> removed = Withdrawing.remove(em,
                searches.stream().flatMap(search -> search.events.stream()).toList());
        pushes.withdraw(NotificationRows.pushed(removed), now);
        searches.forEach(search -> positions.move(search.view.id(), search.upTo));
        return new Outcome(made, removed, later);
    }

    private Optional<Search> search(Found found, long position, Position head, Set<String> later, Instant now) {
        if (head.offset() <= position) {
            return Optional.empty();
        }
        boolean usable = found.view().filter(view -> view.epoch().equals(head.epoch())).isPresent()
                && found.after() <= position && found.last() <= head.offset();
        if (usable) {
            List<RoomEvent> events = found.events().stream().filter(event -> event.offset() > position).toList();
            return events.isEmpty() ? Optional.empty() : Optional.of(new Search(found.view().orElseThrow(), events, found.last()));
        }
        // A room may be behind by millions of messages, after an import or if notifications were switched off.
        List<RoomEvent> events = log.afterWithoutPostsBefore(found.room(), position, now.minus(STALE)).stream()
                .filter(frame -> frame.offset() <= head.offset()).map(LoggedFrame::event).toList();
        boolean goesOn = events.size() == RoomLog.LONGEST_REPLAY;
        if (goesOn) {
            later.add(found.room());
        }
        return Optional.of(new Search(rooms.view(found.room()).orElseThrow(), events,
                goesOn ? events.getLast().offset() : head.offset()));
    }

    private List<Notification> made(List<Search> searches, Keywords keywords, Instant now) {
        List<Concern> concerns = concerns(searches, keywords, now);
        if (concerns.isEmpty()) {
            return List.of();
        }
        Map<Attentions.Place, Attention> chosen = attentions.of(concerns.stream().flatMap(concern -> concern.people.keySet().stream()
                .map(person -> new Attentions.Place(concern.room.id(), person))).distinct().toList(),
                concerns.stream().map(concern -> concern.event.by().id()).distinct().toList());
        Withdrawing.Gone gone = Withdrawing.gone(searches.stream().flatMap(search -> search.events.stream()).toList());
        Set<NotificationRows.Cause> known = NotificationRows.existing(em, concerns.stream()
                .map(concern -> new NotificationRows.Message(concern.room.id(), concern.offset)).distinct().toList());
        List<Notification> made = new ArrayList<>();
        for (Concern concern : concerns) {
            concern.people.forEach((person, reasons) -> {
                Attention attention = chosen.getOrDefault(new Attentions.Place(concern.room.id(), person), Attention.USUAL);
                Optional<Why> why = Deciding.decide(reasons, attention, concern.room, concern.event.by(), now);
                NotificationRows.Cause cause = new NotificationRows.Cause(concern.room.id(), concern.offset, person);
                if (why.isPresent() && !gone.includes(concern.event, concern.offset, person) && known.add(cause)) {
                    made.add(new Notification(0, person, concern.room.id(), concern.offset, why.get(), concern.event.by(),
                            concern.event.at(), false, concern.text));
                }
            });
        }
        return made.isEmpty() ? made : store(made, now);
    }

    private List<Notification> store(List<Notification> made, Instant now) {
        long first = NotificationRows.reserve(em, made.size());
        List<Notification> stored = new ArrayList<>(made.size());
        for (Notification each : made) {
            stored.add(each.withId(first + stored.size()));
        }
        NotificationRows.insert(em, stored);
        pushes.show(stored, now);
        mails.add(stored, now);
        return stored;
    }

    private List<Concern> concerns(List<Search> searches, Keywords keywords, Instant now) {
        Map<NotificationRows.Message, List<String>> threads = threads(searches);
        List<Concern> concerns = new ArrayList<>();
        for (Search search : searches) {
            for (RoomEvent event : search.events) {
                if (event.at().isBefore(now.minus(STALE))) {
                    continue;
                }
                Map<String, EnumSet<Why>> people = Deciding.candidates(search.view, event, thread(event)
                        .map(thread -> threads.getOrDefault(thread, List.of())).orElse(List.of()), keywords.peopleFor(text(event)), now);
                if (!people.isEmpty()) {
                    long offset = event.change() instanceof MessageChange.Edited edited ? edited.message() : event.offset();
                    concerns.add(new Concern(search.view, event, offset, Notification.shortened(text(event)), people));
                }
            }
        }
        return concerns;
    }

    private static String text(RoomEvent event) {
        return switch (event.change()) {
            case MessageChange.Posted posted -> posted.textOrNames();
            case MessageChange.Edited edited -> edited.textOrNames();
            default -> "";
        };
    }

    private static Optional<NotificationRows.Message> thread(RoomEvent event) {
        return event.change() instanceof MessageChange.Posted posted && posted.thread() > 0
                ? Optional.of(new NotificationRows.Message(event.room(), posted.thread())) : Optional.empty();
    }

    // The people of all threads that were replied to: the author of the first message, and those who replied.
    private Map<NotificationRows.Message, List<String>> threads(List<Search> searches) {
        List<NotificationRows.Message> wanted = searches.stream().flatMap(search -> search.events.stream())
                .flatMap(event -> thread(event).stream()).distinct().toList();
        Map<NotificationRows.Message, List<String>> people = new HashMap<>();
        if (!wanted.isEmpty()) {
            readPeople(people, wanted, "join thread_person p on p.room = w.room and p.root_offset = w.log_offset", "p.user_id");
            readPeople(people, wanted,
                    "join room_event e on e.room = w.room and e.log_offset = w.log_offset and e.type = 'message.posted'", "e.actor");
        }
        // Rooms that store no messages have their threads in memory.
        for (NotificationRows.Message thread : wanted) {
            if (!people.containsKey(thread)) {
                people.put(thread, log.inMemoryAbout(thread.room(), thread.offset()).stream()
                        .filter(event -> event.offset() == thread.offset()).map(event -> event.by().id()).toList());
            }
        }
        return people;
    }

    private void readPeople(Map<NotificationRows.Message, List<String>> people, List<NotificationRows.Message> threads, String join,
                            String column) {
        Statements.query(em, row -> people.computeIfAbsent(new NotificationRows.Message(row.getString(1), row.getLong(2)),
                first -> new ArrayList<>()).add(row.getString(3)), "select w.room, w.log_offset, " + column
                + " from unnest(cast(? as varchar array), cast(? as bigint array)) as w(room, log_offset) " + join,
                threads.stream().map(NotificationRows.Message::room).toArray(String[]::new),
                threads.stream().map(NotificationRows.Message::offset).toArray(Long[]::new));
    }
}

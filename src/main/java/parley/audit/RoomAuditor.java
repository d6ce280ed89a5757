package parley.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import parley.journal.EventRecorder;
import parley.protocol.Change;
import parley.protocol.Frame;
import parley.protocol.MemberChange;
import parley.protocol.RoomEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what was done to a room and to people in it, as its events tell: all but what people do
 * to themselves, such as joining. The detail is what the event holds in fields that are nobody's own words.
 */
@ApplicationScoped
class RoomAuditor implements EventRecorder {

    private static final List<String> NOBODYS_WORDS =
            List.of("role", "until", "kind", "retention", "message", "document", "call", "seconds");
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public void record(RoomEvent event, Frame frame, Optional<String> concerns, String address, EntityManager em) {
        JsonNode told = JSON.readTree(frame.text());
        String subject = concerns.orElseGet(() -> told.path("user").path("id").asString(null));
        boolean first = event.offset() == 1;
        if (!Objects.equals(subject, event.by().id())) {
            em.persist(new AuditRow(new AuditEvent(event.at(), first ? "room.created" : action(event.change()), event.by().id(), subject,
                    event.room(), address, detail(told), 1)));
        }
    }

    // A user who joins or leaves without help is no audit event.
    private static String action(Change change) {
        return switch (change.type()) {
            case MemberChange.Joined.TYPE -> "member.added";
            case MemberChange.Left.TYPE -> "member.removed";
            default -> change.type();
        };
    }

    private static String detail(JsonNode told) {
        String detail = NOBODYS_WORDS.stream().filter(told::hasNonNull).map(field -> field + "=" + told.get(field).asString())
                .collect(Collectors.joining(" "));
        return detail.isEmpty() ? null : detail;
    }
}

package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.analytics.Analytics;
import parley.analytics.Day;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;

/** How much the installation is used, for callers in the group {@code parley-admin}. There are no filters: see {@link parley.analytics}. */
@Path("administration/analytics")
@Produces(MediaType.APPLICATION_JSON)
public class AnalyticsResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Analytics analytics;
    @Inject
    private AuditLog audit;
    @Inject
    private AdministratorTasks tasks;

    /** A day as JSON. */
    record DayBody(String date, int people, long messages, int rooms, Long answers, Long answerSeconds) {

        static DayBody of(Day day) {
            boolean answered = day.medianSeconds().isPresent();
            return new DayBody(day.date().toString(), day.people(), day.messages(), day.rooms(), answered ? day.answers() : null,
                    answered ? day.medianSeconds().getAsLong() : null);
        }
    }

    /** All days that are kept. */
    record AnalyticsBody(int smallestGroup, List<DayBody> days) {}

    /** The days that were counted, the earliest first: at most 1,000. Reading them is an audit event. */
    @GET
    public CompletionStage<Response> read() {
        AuditEvent event = new AuditEvent(Instant.now(), "analytics.read", caller.get().id(), null, null, caller.address(), null, 1);
        return tasks.run(() -> {
            audit.write(List.of(event));
            return Response.ok(new AnalyticsBody(analytics.smallestGroup(), analytics.days().stream().map(DayBody::of).toList())).build();
        });
    }
}

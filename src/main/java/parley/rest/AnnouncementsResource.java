package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.announcement.Announcement;
import parley.announcement.Announcements;
import parley.http.RequestBody;
import parley.protocol.AnnouncementKind;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;

/** Announcements to everyone, for callers in the group {@code parley-admin}. */
@Path("administration/announcements")
@Produces(MediaType.APPLICATION_JSON)
public class AnnouncementsResource {

    private static final int LONGEST_KIND = 20;

    @Inject
    private RequestCaller caller;
    @Inject
    private Announcements announcements;
    @Inject
    private AdministratorTasks tasks;

    /** An announcement as JSON. */
    record AnnouncementBody(String id, String kind, String text, String link, boolean dismissible, String from, String until, String by,
                            String created) {

        static AnnouncementBody of(Announcement one) {
            return new AnnouncementBody(one.id(), one.kind().wire(), one.text(), one.link().orElse(null), one.dismissible(),
                    WireTime.text(one.from()), one.until().map(WireTime::text).orElse(null), one.by(), WireTime.text(one.created()));
        }
    }

    /** The announcements that are not over: at most {@link Announcements#MOST}. */
    record AnnouncementsBody(List<AnnouncementBody> announcements) {}

    /** The announcements that are not over, the earliest first. */
    @GET
    public CompletionStage<Response> list() {
        return tasks.run(() -> Response.ok(new AnnouncementsBody(announcements.all().stream().map(AnnouncementBody::of).toList())).build());
    }

    /** Announces: {@code {"kind","text","link"?,"dismissible"?,"from"?,"until"?}}; 201. Every connected page shows it within 2 s. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> announce(String body) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            Announcements.Wanted wanted = wanted(fields);
            return fields.problem().map(Problems::response).orElseGet(() -> switch (announcements.announce(wanted, by, address)) {
                case Announcements.Outcome.Made made -> Response.status(Response.Status.CREATED)
                        .entity(AnnouncementBody.of(made.announcement())).build();
                case Announcements.Outcome.Refused refused -> Problems.response(refused.problem());
            });
        });
    }

    /** Ends an announcement; 204. */
    @DELETE
    @Path("{announcement}")
    public CompletionStage<Response> end(@PathParam("announcement") String id) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> Problems.doneUnless(announcements.end(id, by, address)));
    }

    private static Announcements.Wanted wanted(Fields fields) {
        Optional<AnnouncementKind> kind = AnnouncementKind.of(fields.line("kind", LONGEST_KIND));
        if (kind.isEmpty()) {
            fields.wrong(Problem.badRequest("`kind` must be info, warning or maintenance."));
        }
        return new Announcements.Wanted(kind.orElse(AnnouncementKind.INFO), fields.line("text", Announcement.LONGEST_TEXT), link(fields),
                fields.flag("dismissible", true), moment(fields, "from"), moment(fields, "until"));
    }

    private static Optional<Instant> moment(Fields fields, String name) {
        return fields.has(name) ? Optional.of(fields.moment(name)) : Optional.empty();
    }

    private static Optional<String> link(Fields fields) {
        if (!fields.has("link")) {
            return Optional.empty();
        }
        String link = fields.line("link", Announcement.LONGEST_LINK);
        if (!isHttps(link)) {
            fields.wrong(Problem.badRequest("`link` must be an https URL without a user name."));
        }
        return Optional.of(link);
    }

    private static boolean isHttps(String link) {
        try {
            URI uri = new URI(link);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException wrong) {
            return false;
        }
    }
}

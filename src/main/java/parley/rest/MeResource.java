package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.feature.Features;
import parley.http.RequestBody;
import parley.identity.Caller;
import parley.people.Person;
import parley.people.ProfileChange;
import parley.people.Profiles;
import parley.people.QuietHours;
import parley.people.SignIns;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.threads.RequestPool;

/** What the caller says and chooses about themselves. */
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Profiles profiles;
    @Inject
    private SignIns signIns;
    @Inject
    private Features features;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Quiet hours as JSON. */
    record QuietBody(String from, String to, String zone) {

        static QuietBody of(QuietHours hours) {
            return new QuietBody(hours.from().toString(), hours.to().toString(), hours.zone().getId());
        }
    }

    /** A profile as its person sees it. */
    record MeBody(String id, String name, String picture, PeopleResource.StatusBody status, String availability, boolean receipts,
                  QuietBody quiet, List<String> keywords) {

        static MeBody of(Profiles.Own own) {
            Person person = own.person();
            return new MeBody(person.id(), person.name(), person.picture().orElse(null),
                    person.status().map(PeopleResource.StatusBody::of).orElse(null), person.availability().wire(),
                    own.preference().receipts(), own.preference().quiet().map(QuietBody::of).orElse(null), own.preference().keywords());
        }
    }

    /** The caller's profile. */
    @GET
    public CompletionStage<Response> read() {
        Caller by = caller.get();
        return features.refusal(Feature.PEOPLE).map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> profile(by))));
    }

    /** Changes the caller's profile: {@code {"status"?,"availability"?,"receipts"?,"quiet"?,"keywords"?}}. */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> change(String body) {
        Caller by = caller.get();
        Fields fields = RequestBody.fields(body);
        ProfileChange change = ProfileChange.of(fields, Instant.now());
        return features.refusal(Feature.PEOPLE).or(fields::problem).map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            profile(by);
            profiles.change(by.id(), change);
            return profile(by);
        })));
    }

    // The sign-in of a new person may not be written yet.
    private Response profile(Caller by) {
        Profiles.Own own = profiles.of(by.id(), Instant.now()).orElseGet(() -> {
            signIns.write(by);
            return profiles.of(by.id(), Instant.now()).orElseThrow();
        });
        return Response.ok(MeBody.of(own)).build();
    }
}

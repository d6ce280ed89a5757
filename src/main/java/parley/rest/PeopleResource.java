package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.feature.Features;
import parley.people.People;
import parley.people.Person;
import parley.people.Status;
import parley.protocol.Feature;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.WireTime;
import parley.threads.RequestPool;

/** The directory: finding people, and one person. */
@Path("people")
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {

    private static final int USUAL_PAGE = 20;
    private static final int LONGEST_QUERY = 100;

    @Inject
    private RequestCaller caller;
    @Inject
    private People people;
    @Inject
    private Features features;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** A status as JSON; without {@code until} it has no end. */
    record StatusBody(String text, String emoji, String until) {

        static StatusBody of(Status status) {
            return new StatusBody(status.text(), status.emoji().orElse(null), status.until().map(WireTime::text).orElse(null));
        }
    }

    /** A person as JSON. */
    record PersonBody(String id, String name, String picture, StatusBody status, String availability) {

        static PersonBody of(Person person) {
            return new PersonBody(person.id(), person.name(), person.picture().orElse(null),
                    person.status().map(StatusBody::of).orElse(null), person.availability().wire());
        }
    }

    /** A page of people. */
    record PeopleBody(List<PersonBody> people, boolean more) {}

    /** The people whom {@code query} finds, by id; all without it. */
    @GET
    public CompletionStage<Response> find(@QueryParam("query") @DefaultValue("") String query,
                                          @QueryParam("after") @DefaultValue("") String after, @Context UriInfo uri) {
        String user = caller.get().id();
        Fields fields = Query.of(uri, "limit");
        int size = Page.size(fields, USUAL_PAGE, Page.LARGEST);
        if (query.length() > LONGEST_QUERY) {
            fields.wrong(Problem.badRequest("`query` has more than " + LONGEST_QUERY + " characters."));
        }
        Optional<Problem> refused = features.refusal(Feature.PEOPLE).or(fields::problem);
        return refused.map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> {
            Page<Person> page = Page.of(people.find(query, after, size + 1, user), size);
            return Response.ok(new PeopleBody(page.bodies(PersonBody::of), page.more())).build();
        })));
    }

    /** The person with the id {@code ?id=}. */
    @GET
    @Path("one")
    public CompletionStage<Response> one(@QueryParam("id") String id) {
        String user = caller.get().id();
        Optional<Problem> refused = features.refusal(Feature.PEOPLE).or(() -> Query.wrongUser("id", id));
        return refused.map(answers::refused).orElseGet(() -> answers.of(readers.read(() -> people.visible(id, user)
                .map(person -> Response.ok(PersonBody.of(person)).build())
                .orElseGet(() -> Problems.response(Problem.noSuchPerson())))));
    }
}

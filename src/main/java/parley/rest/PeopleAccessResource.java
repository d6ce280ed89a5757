package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.http.RequestBody;
import parley.people.Access;
import parley.people.People;
import parley.protocol.Fields;
import parley.protocol.Problem;

/** Ending a person's access, for callers in the group {@code parley-admin}. */
@Path("administration/people/access")
@Produces(MediaType.APPLICATION_JSON)
public class PeopleAccessResource {

    @Inject
    private RequestCaller caller;
    @Inject
    private Access access;
    @Inject
    private People people;
    @Inject
    private AdministratorTasks tasks;

    /**
     * Ends the access of a person or allows it again: {@code {"user","allowed"}}; 204. An end closes the person's connections within
     * about 2 s on every instance and refuses new ones and requests with 403.
     */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> set(String body) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            String user = fields.user("user");
            boolean allowed = fields.flag("allowed");
            Optional<Problem> refused = fields.problem()
                    .or(() -> user.equals(by) ? Optional.of(Problem.forbidden("You can't change your own access.")) : Optional.empty())
                    .or(() -> people.exists(user) || access.isErased(user) ? Optional.empty() : Optional.of(Problem.noSuchPerson()))
                    .or(() -> access.set(user, allowed, by, address));
            return Problems.doneUnless(refused);
        });
    }
}

package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import parley.erasure.Erasure;
import parley.erasure.Erasures;
import parley.http.RequestBody;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.protocol.WireTime;

/** Erasing people, for callers in the group {@code parley-admin}. */
@Path("administration/erasures")
@Produces(MediaType.APPLICATION_JSON)
public class ErasuresResource {

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_CHOICE = 20;
    private static final int ACCEPTED = 202;
    private static final String LINES = "application/jsonl; charset=utf-8";

    @Inject
    private RequestCaller caller;
    @Inject
    private Erasures erasures;
    @Inject
    private AdministratorTasks tasks;

    /** An erasure as JSON; unknown fields are absent. */
    record ErasureBody(String id, String mode, String pseudonym, String user, String salt, String reason, String by, String at,
            String state, String step, int done, int steps, String node, String began, String ended, Map<String, Long> removed,
            Map<String, Long> changed) {

        static ErasureBody of(Erasure erasure) {
            return of(erasure, null, null);
        }

        static ErasureBody of(Erasures.Progress progress) {
            return of(progress.erasure(), amounts(progress, "removed"), amounts(progress, "changed"));
        }

        private static ErasureBody of(Erasure erasure, Map<String, Long> removed, Map<String, Long> changed) {
            boolean complete = erasure.state() == Erasure.State.DONE;
            int steps = Erasure.Step.values().length;
            return new ErasureBody(erasure.id(), erasure.mode().wire(), erasure.pseudonym(), erasure.person().orElse(null),
                    erasure.salt().orElse(null), erasure.reason().isEmpty() ? null : erasure.reason(), erasure.by().id(),
                    WireTime.text(erasure.created()), erasure.state().wire(), complete ? null : erasure.step().wire(),
                    complete ? steps : erasure.step().ordinal(), steps, erasure.node().orElse(null),
                    erasure.began().map(WireTime::text).orElse(null), erasure.ended().map(WireTime::text).orElse(null), removed, changed);
        }

        private static Map<String, Long> amounts(Erasures.Progress progress, String act) {
            Map<String, Long> amounts = new TreeMap<>();
            progress.amounts().stream().filter(amount -> amount.act().equals(act))
                    .forEach(amount -> amounts.put(amount.kind(), amount.amount()));
            return amounts;
        }
    }

    /** The last erasures. */
    record ErasuresBody(List<ErasureBody> erasures) {}

    /** Starts an erasure: {@code {"user","mode","words?","documents?","exports?","reason?"}}; 202. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> start(String body) {
        User by = caller.get().user();
        String address = caller.address();
        return tasks.run(() -> {
            Fields fields = RequestBody.fields(body);
            String user = fields.user("user");
            Optional<Erasure.Mode> mode = Erasure.Mode.of(fields.line("mode", LONGEST_CHOICE));
            if (mode.isEmpty()) {
                fields.wrong(Problem.badRequest("`mode` must be erase or pseudonymise."));
            }
            List<String> words = fields.has("words") ? fields.lines("words", Erasures.MOST_WORDS, Erasures.LONGEST_WORD).stream()
                    .map(String::strip).distinct().toList() : List.of();
            if (words.stream().anyMatch(word -> word.length() < Erasures.SHORTEST_WORD)) {
                fields.wrong(Problem.badRequest("Each of `words` must have at least " + Erasures.SHORTEST_WORD + " characters."));
            }
            boolean documents = choice(fields, "documents", "own", "all");
            boolean exports = choice(fields, "exports", "delete", "keep");
            String reason = fields.has("reason") ? fields.lineOrNone("reason", LONGEST_REASON) : "";
            return fields.problem().map(Problems::response).orElseGet(() -> answer(erasures.start(
                    new Erasures.Wanted(user, mode.orElseThrow(), words, documents, exports, reason), by, address)));
        });
    }

    // Whether it is the second of two; the first is the default.
    private static boolean choice(Fields fields, String name, String first, String second) {
        String chosen = fields.has(name) ? fields.line(name, LONGEST_CHOICE) : first;
        if (!List.of(first, second).contains(chosen)) {
            fields.wrong(Problem.badRequest("`" + name + "` must be " + first + " or " + second + "."));
        }
        return chosen.equals(second);
    }

    /** The last erasures, the newest first. */
    @GET
    public CompletionStage<Response> list() {
        return tasks.run(() -> Response.ok(new ErasuresBody(erasures.all().stream().map(ErasureBody::of).toList())).build());
    }

    /** One erasure: how far it is. */
    @GET
    @Path("{erasure}")
    public CompletionStage<Response> one(@PathParam("erasure") String id) {
        return tasks.run(() -> erasures.find(id).map(progress -> Response.ok(ErasureBody.of(progress)).build())
                .orElseGet(Problems::notFound));
    }

    /** The signed report of a complete erasure: two lines of JSON. */
    @GET
    @Path("{erasure}/report")
    @Produces(LINES)
    public CompletionStage<Response> report(@PathParam("erasure") String id) {
        String by = caller.get().id();
        String address = caller.address();
        return tasks.run(() -> erasures.report(id, by, address).map(report -> Response.ok(report).type(LINES)
                .header("Content-Disposition", "attachment; filename=\"erasure-report.jsonl\"").build())
                .orElseGet(Problems::notFound));
    }

    private static Response answer(Erasures.Outcome outcome) {
        return switch (outcome) {
            case Erasures.Outcome.Accepted accepted -> Response.status(ACCEPTED).entity(ErasureBody.of(accepted.erasure())).build();
            case Erasures.Outcome.Refused refused -> Problems.response(refused.problem());
        };
    }
}

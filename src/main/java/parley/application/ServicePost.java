package parley.application;

import parley.protocol.Codec;
import parley.protocol.Problem;
import parley.protocol.Sha256;
import parley.room.Proposal;
import tools.jackson.databind.node.ObjectNode;

/** What a program outside of this server wants a service to post. Pure. */
public sealed interface ServicePost {

    /** It can be submitted. */
    record Sound(Proposal proposal) implements ServicePost {}

    /** It is malformed. */
    record Refused(Problem problem) implements ServicePost {}

    /**
     * Reads {@code {"service","room","text"}}, optionally with {@code serviceName}, {@code thread}, {@code also}, {@code mentions} and
     * {@code everyone}.
     *
     * @param id of any length; the same one again is the same message
     */
    static ServicePost of(String json, String id) {
        return Codec.object(json).map(object -> of(object, id))
                .orElseGet(() -> new Refused(Problem.badRequest("The text must be one JSON object.")));
    }

    private static ServicePost of(ObjectNode json, String id) {
        if (json.has("key") || json.has("do")) {
            return new Refused(Problem.badRequest("`key` and `do` are not allowed."));
        }
        json.put("do", "post").put("key", hash(id));
        if (!json.has("serviceName")) {
            json.set("serviceName", json.path("service"));
        }
        return switch (ServiceRequest.stored(json.toString())) {
            case ServiceRequest.Change change -> new Sound(change.proposal());
            case ServiceRequest.Broken broken -> new Refused(broken.problem());
            case ServiceRequest other -> throw new IllegalStateException("A post was read as " + other);
        };
    }

    private static String hash(String id) {
        return Sha256.hex(id);
    }
}

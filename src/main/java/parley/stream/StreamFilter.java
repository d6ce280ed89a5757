package parley.stream;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.http.ProblemResponse;
import parley.http.Proxies;
import parley.http.RequestBody;
import parley.identity.BearerToken;
import parley.identity.Caller;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.StreamRequest;
import parley.settings.Settings;
import parley.socket.Admission;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the requests that are answered by a stream; all others go on to JAX-RS. A refusal is a problem body (RFC 9457). A caller is
 * admitted like that of a socket, so a stream counts as a connection.
 */
public class StreamFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** What this filter serves. */
    public static final List<String> REQUESTS = List.of("POST stream", "GET rooms/{room}/events");

    private static final String STREAM = "/api/stream";
    private static final Pattern ROOM_EVENTS = Pattern.compile("/api/rooms/([^/]+)/events");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,16}");
    private static final int NOT_ALLOWED = 405;

    @Inject
    private transient Admission admission;
    @Inject
    private transient Proxies proxies;
    @Inject
    private transient Streams streams;
    @Inject
    private transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        Matcher room = ROOM_EVENTS.matcher(path);
        if (path.equals(STREAM)) {
            serve(request, response, "POST", Optional.empty());
        } else if (room.matches()) {
            serve(request, response, "GET", Optional.of(room.group(1)));
        } else {
            chain.doFilter(request, response);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, String method, Optional<String> room)
            throws IOException {
        if (!request.getMethod().equals(method)) {
            ProblemResponse.of(NOT_ALLOWED, Problem.badRequest("The method must be " + method + ".")).with("Allow", method).send(response);
            return;
        }
        String address = proxies.address(request);
        switch (admit(request, address, room.isPresent())) {
            case Admission.Refusal refusal -> admission.refuse(address, refusal).send(response);
            case Admission.Admitted admitted -> {
                if (room.isPresent()) {
                    openRoom(request, response, admitted.caller(), address, room.get());
                } else {
                    open(request, response, admitted.caller(), address);
                }
            }
        }
    }

    private Admission.Outcome admit(HttpServletRequest request, String address, boolean takesTicket) {
        Optional<Admission.Refusal> tooMany = admission.call(address);
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        Admission.Outcome outcome = admission.admit(BearerToken.of(request.getHeader("Authorization")),
                takesTicket ? Optional.ofNullable(request.getParameter("ticket")) : Optional.empty());
        return outcome instanceof Admission.Admitted admitted
                ? admission.call(admitted.caller()).map(Admission.Outcome.class::cast).orElse(admitted) : outcome;
    }

    private void open(HttpServletRequest request, HttpServletResponse response, Caller caller, String address) throws IOException {
        Fields fields = RequestBody.fields(RequestBody.read(request.getInputStream()));
        StreamRequest wanted = StreamRequest.read(fields, settings.connections().subscriptions());
        Optional<Problem> problem = fields.problem();
        if (problem.isPresent()) {
            ProblemResponse.of(problem.get()).send(response);
        } else {
            streams.open(request, response, caller, address, wanted);
        }
    }

    private void openRoom(HttpServletRequest request, HttpServletResponse response, Caller caller, String address, String room)
            throws IOException {
        Fields query = query(request);
        StreamRequest wanted = StreamRequest.read(room, query, request.getHeader("Last-Event-ID"));
        Optional<Problem> problem = Fields.isRoomId(room) ? query.problem() : Optional.of(Problem.noSuchRoom());
        if (problem.isPresent()) {
            ProblemResponse.of(problem.get()).send(response);
        } else {
            streams.openRoom(request, response, caller, address, wanted);
        }
    }

    // As for other requests, parameters of other names are not looked at.
    private static Fields query(HttpServletRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("since", "last", "wait")) {
            String value = request.getParameter(name);
            if (value != null && !name.equals("since") && NUMBER.matcher(value).matches()) {
                json.put(name, Long.parseLong(value));
            } else if (value != null) {
                json.put(name, value);
            }
        }
        return new Fields(json);
    }
}

package parley.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.bot.Scopes;
import parley.identity.Caller;
import parley.identity.Scope;
import parley.protocol.Problem;

/**
 * Refuses requests of bots: each request needs the scope that the table names, and requests that are not in it are for people only. People
 * pass.
 */
@Provider
@Priority(Priorities.USER + 1)
public class BotRequests implements ContainerRequestFilter {

    private static final Map<Scope, Set<String>> ALLOWED = Map.of(
            Scope.READ, Set.of("GET rooms", "GET rooms/{room}", "GET rooms/{room}/members", "GET rooms/{room}/messages",
                    "GET rooms/{room}/messages/{offset}", "GET rooms/{room}/messages/{offset}/versions", "GET rooms/{room}/files",
                    "GET files/{id}", "GET files/{id}/thumbnail", "GET people", "GET people/one", "GET me/rooms", "GET search"),
            Scope.POST, Set.of("POST rooms/{room}/files", "HEAD rooms/{room}/files/{id}", "GET rooms/{room}/files/{id}",
                    "PATCH rooms/{room}/files/{id}", "DELETE rooms/{room}/files/{id}"),
            Scope.MEMBERS, Set.of("PUT rooms/{room}/members", "DELETE rooms/{room}/members", "GET rooms/{room}/bans",
                    "PUT rooms/{room}/bans", "DELETE rooms/{room}/bans", "PUT rooms/{room}/mutes", "DELETE rooms/{room}/mutes"));

    /** Each command needs its own scope. */
    private static final String COMMANDS = "POST commands";

    private static final Map<String, Scope> SCOPES = ALLOWED.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(request -> Map.entry(request, entry.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    @Context
    private ResourceInfo resource;
    @Inject
    private RequestCaller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        Caller by = caller.get();
        if (by != null && by.isBot() && resource.getResourceMethod() != null) {
            refusal(request(resource.getResourceClass(), resource.getResourceMethod()), by).map(Problems::response)
                    .ifPresent(request::abortWith);
        }
    }

    /** The refusal of a bot's request, such as {@code GET rooms/{room}}. */
    static Optional<Problem> refusal(String request, Caller by) {
        if (request.equals(COMMANDS)) {
            return Optional.empty();
        }
        return Optional.ofNullable(SCOPES.get(request)).map(scope -> Scopes.needs(scope, by)).orElseGet(Scopes::never);
    }

    private static String request(Class<?> resource, Method method) {
        String verb = Stream.of(method.getAnnotations()).map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(found -> found != null).map(HttpMethod::value).findFirst().orElse("");
        Path path = method.getAnnotation(Path.class);
        return verb + " " + resource.getAnnotation(Path.class).value() + (path == null ? "" : "/" + path.value());
    }
}

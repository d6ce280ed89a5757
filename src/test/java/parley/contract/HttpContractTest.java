package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.stream.StreamFilter;

/** The code and the OpenAPI document agree, and an answer that differs is found. */
class HttpContractTest {

    private static final Path RESOURCES = Path.of(System.getProperty("basedir", ""), "src/main/java/parley/rest");
    private static final Map<Class<? extends Annotation>, String> METHODS = Map.of(GET.class, "GET", PUT.class, "PUT", POST.class, "POST",
            DELETE.class, "DELETE", PATCH.class, "PATCH");
    private static final String JSON = "application/json";
    private static final String PROBLEM = """
            {"title":"Not Found","status":404,"code":"not_found","detail":"No.","temporary":false}""";

    private final HttpContract contract = HttpContract.current();

    @Test
    void theContractHasExactlyTheRequestsOfTheResources() throws IOException {
        Set<String> listed = contract.operations().stream().filter(operation -> operation.contains(" /api/")).collect(Collectors.toSet());
        Set<String> existing = new HashSet<>(requests());
        StreamFilter.REQUESTS.forEach(request -> existing.add(request.replace(" ", " /api/")));
        assertThat(listed).isEqualTo(existing);
    }

    private static Set<String> requests() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("Resource.java"))
                    .map(name -> name.replace(".java", "")).flatMap(HttpContractTest::requests).collect(Collectors.toSet());
        }
    }

    private static Stream<String> requests(String resource) {
        try {
            Class<?> type = Class.forName("parley.rest." + resource);
            String folder = "/api/" + type.getAnnotation(jakarta.ws.rs.Path.class).value();
            return Stream.of(type.getDeclaredMethods()).flatMap(method -> METHODS.entrySet().stream()
                    .filter(one -> method.isAnnotationPresent(one.getKey())).map(one -> one.getValue() + " " + folder + path(method)));
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    private static String path(Method method) {
        return Optional.ofNullable(method.getAnnotation(jakarta.ws.rs.Path.class)).map(path -> "/" + path.value()).orElse("");
    }

    @Test
    void anAnswerOfTheContractIsRight() {
        assertThat(wrong("GET", "/api/push-key", 200, JSON, "{\"key\":\"a_b\"}")).isEmpty();
        assertThat(wrong("PUT", "/api/me/mail", 204, "", "")).isEmpty();
        assertThat(wrong("GET", "/api/rooms/none", 404, "application/problem+json", PROBLEM)).isEmpty();
        assertThat(wrong("GET", "/index.html", 200, "text/html", "<html>")).isEmpty();
        assertThat(wrong("GET", "/nothing", 404, "application/problem+json", PROBLEM)).isEmpty();
    }

    @Test
    void anExtraFieldIsFound() {
        assertThat(wrong("GET", "/api/push-key", 200, JSON, "{\"key\":\"a_b\",\"planted\":1}")).isNotEmpty();
        assertThat(wrong("GET", "/api/rooms/none", 404, "application/problem+json", PROBLEM.replace("{", "{\"planted\":1,"))).isNotEmpty();
        assertThat(wrong("GET", "/nothing", 404, "application/problem+json", PROBLEM.replace("{", "{\"planted\":1,"))).isNotEmpty();
    }

    @Test
    void anExtraFieldDeepInAnAnswerIsFound() {
        String page = "{\"blocks\":[{\"id\":\"bob\",\"name\":\"Bob\"%s}]}";
        assertThat(wrong("GET", "/api/me/blocks", 200, JSON, page.formatted(""))).isEmpty();
        assertThat(wrong("GET", "/api/me/blocks", 200, JSON, page.formatted(",\"planted\":1"))).isNotEmpty();
    }

    @Test
    void anotherStatusTypeOrBodyIsFound() {
        assertThat(wrong("GET", "/api/push-key", 201, JSON, "{\"key\":\"a_b\"}")).isNotEmpty();
        assertThat(wrong("GET", "/api/push-key", 200, "text/plain", "{\"key\":\"a_b\"}")).isNotEmpty();
        assertThat(wrong("GET", "/api/push-key", 200, JSON, "no json")).isNotEmpty();
        assertThat(wrong("PUT", "/api/me/mail", 204, "", "body")).isNotEmpty();
        assertThat(wrong("GET", "/api/rooms/none", 404, "text/html", "<html>")).isNotEmpty();
        assertThat(wrong("GET", "/api/rooms/none", 403, "application/problem+json", PROBLEM)).as("the problem says 404").isNotEmpty();
    }

    @Test
    void anAcceptedRequestThatTheContractLacksIsFound() {
        assertThat(wrong("GET", "/api/no/such", 200, JSON, "{}")).isNotEmpty();
        assertThat(wrong("PATCH", "/api/push-key", 200, JSON, "{}")).isNotEmpty();
        String blocks = "{\"blocks\":[]}";
        assertThat(wrong("GET", "/api/me/blocks?planted=1", 200, JSON, blocks)).isNotEmpty();
        String rooms = "{\"rooms\":[],\"more\":false}";
        assertThat(wrong("GET", "/api/rooms?limit=5&query=a%20b", 200, JSON, rooms)).isEmpty();
        assertThat(wrong("GET", "/api/rooms?limit=500", 200, JSON, rooms)).isNotEmpty();
        assertThat(wrong("GET", "/api/rooms?limit=x", 200, JSON, rooms)).isNotEmpty();
    }

    @Test
    void anAcceptedBodyThatTheContractLacksIsFound() {
        assertThat(posted("{\"upto\":7}")).isEmpty();
        assertThat(posted("{\"upto\":7,\"planted\":1}")).isNotEmpty();
        assertThat(posted("{}")).isNotEmpty();
    }

    private List<String> posted(String body) {
        return contract.wrong(new HttpContract.Request("POST", "/api/me/notifications/read", Optional.of(body)),
                new HttpContract.Answer(204, "", ""));
    }

    private List<String> wrong(String method, String path, int status, String type, String body) {
        return contract.wrong(new HttpContract.Request(method, path, Optional.empty()), new HttpContract.Answer(status, type, body));
    }
}

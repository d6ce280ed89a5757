package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The WAR on a server that only the files of {@code server-config/} configured. */
class DeploymentIT {
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void answersUnderItsContextRoot() throws Exception {
        assertThat(get(TestServer.base() + "/").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotDiscloseTheServerProduct() throws Exception {
        HttpResponse<String> response = get(TestServer.base() + "/no-such-page");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(response.body()).doesNotContainIgnoringCase("payara").doesNotContain("\tat ");
    }

    @Test
    void configuringTwiceIsAllowed() {
        TestServer.domain().configure(TestServer.ports());
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}

package parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    private static final String CONTEXT = "/parley";

    @ParameterizedTest
    @ValueSource(strings = {"/parley/%", "/parley/%z", "/parley/%zz", "/parley/%1", "/parley/%uff0e", "/parley/%ff", "/parley/%c0%ae",
        "/parley/%ed%a0%80", "/parley/%00", "/parley/%0d%0aX", "/parley/a b", "/parley/<x>", "/parley/a|b", "/parley/{x}", "/parley/\"",
                "/parley/a#b", "/parley/^", "/parley/`", "/parley/[a]", "/parley/\u00e4", "/parley/\t", "/%zz", "/parley/?a=%",
        "/parley/?a=%00", "/parley/?a=%ff", "/parley/?%zz", "/parley/?a=\u00ff"})
    void aTargetThatCanNotBeDecodedIsMalformed(String target) {
        assertThat(RequestTarget.of(target).malformed()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parley/", "/parley", "/", "/parley/api/rooms?after=%E2%82%AC&limit=1", "/parley/?", "/parley/?user=a%0Ab",
        "/parley/%F0%9F%98%80", "http://localhost:8080/parley/?a=b", "/parley/?a=http://x/%25"})
    void decodableTextIsWellFormed(String target) {
        assertThat(RequestTarget.of(target).malformed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parley/x:y", "/parley/x%3Ay", "/parley/a/..", "/parley/a/.", "/parley/./a", "/parley/../x",
            "/parley/%2e%2e/x",
        "/parley/a//b", "/parley//", "/parley/a;b", "/parley/a%3bb", "/parley/a%2fb", "/parley/a%5cb", "/parley/a\\b", "/%70arley/x",
        "//parley/x", "/parley;a/x", "/x/../parley/y", "/./parley/y", "/parley%2fx"})
    void anAmbiguousPathIsNowhere(String line) {
        RequestTarget target = RequestTarget.of(line);

        assertThat(target.malformed()).isEmpty();
        assertThat(target.mayBeIn(CONTEXT)).isTrue();
        assertThat(target.isNowhereIn(CONTEXT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parley", "/parley/", "/parley/api/rooms/general", "/parley/chat/parley-chat.js", "/parley/%F0%9F%98%80",
        "/parley/..a", "/parley/a.b", "http://localhost/parley/x"})
    void aPlainPathMayExist(String line) {
        assertThat(RequestTarget.of(line).isNowhereIn(CONTEXT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health/ready", "/parleys", "/parleys/x:y", "/parley:x", "/parley/../health", "/other/parley"})
    void pathsOfOtherApplicationsPass(String line) {
        assertThat(RequestTarget.of(line).mayBeIn(CONTEXT) && !line.startsWith(CONTEXT + "/")).isFalse();
    }

    @Test
    void anAmbiguousHeadIsRefused() {
        RequestTarget target = RequestTarget.of("/parley/");
        List<String> none = List.of();

        assertThat(new RequestHead("get", target, List.of("a"), none, none).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("BREW", target, List.of("a"), none, none).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("GET", target, List.of("a", "b"), none, none).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("GET", target, List.of("a b"), none, none).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("GET", target, List.of("a:port"), none, none).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("GET", target, List.of("a"), List.of("1"), List.of("chunked")).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("GET", target, List.of("a"), none, List.of("gzip, chunked")).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("GET", target, List.of("a"), none, List.of("chunked", "chunked")).refusal(CONTEXT)).isPresent();
        assertThat(new RequestHead("GET", target, List.of("[::1]:8080"), List.of("1"), none).refusal(CONTEXT)).isEmpty();
        assertThat(new RequestHead("GET", target, List.of("chat.example.com"), none, List.of("chunked")).refusal(CONTEXT)).isEmpty();
    }
}

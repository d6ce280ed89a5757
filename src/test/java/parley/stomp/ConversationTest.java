package parley.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.protocol.BrokenFrame;
import parley.protocol.CloseCode;
import parley.protocol.ConnectionCommand;
import parley.protocol.Encoding;
import parley.protocol.Frame;
import parley.protocol.Inbound;
import parley.protocol.MessageCommand;
import parley.protocol.Position;
import parley.protocol.ReadCommand;

class ConversationTest {

    private static final String EVENT = "{\"type\":\"message.posted\",\"room\":\"r\",\"offset\":7,\"text\":\"hi\"}";

    private final Conversation conversation = new Conversation(new HeartBeats(0, 0));

    @ParameterizedTest
    @ValueSource(strings = {
        "NONE\n\n\0",
        "CONNECT\n\n\0",
        "ACK\nid:1\n\n\0",
        "BEGIN\ntransaction:1\n\n\0",
        "SEND\ndestination:/rooms/r\nkey:k\ntransaction:1\n\nhi\0",
        "SEND\ndestination:/rooms/r\n\nno key\0",
        "SEND\ndestination:/rooms/r\nkey:k\n\n\0",
        "SEND\nkey:k\n\nhi\0",
        "SEND\ndestination:/queue/r\nkey:k\n\nhi\0",
        "SEND\ndestination:/rooms/a b\nkey:k\n\nhi\0",
        "SUBSCRIBE\ndestination:/rooms/r\n\n\0",
        "SUBSCRIBE\nid:\ndestination:/rooms/r\n\n\0",
        "SUBSCRIBE\nid:0\ndestination:/rooms/r\nack:client\n\n\0",
        "SUBSCRIBE\nid:0\ndestination:/rooms/r\nack:client-individual\n\n\0",
        "SUBSCRIBE\nid:0\ndestination:/rooms/r\nsince:5\n\n\0",
        "SUBSCRIBE\nid:0\ndestination:/rooms/r\n\nbody\0",
        "UNSUBSCRIBE\nid:0\n\n\0",
    })
    void refusesFramesThatAreNoCommand(String frame) {
        assertThat(says(frame)).isInstanceOf(BrokenFrame.class);
        assertThat(says("SEND\ndestination:/rooms/r\nkey:k\n\nhi\0")).as("a frame after it").isNull();
    }

    @Test
    void refusesLongNames() {
        assertThat(says("DISCONNECT\nreceipt:" + "r".repeat(Conversation.LONGEST_NAME + 1) + "\n\n\0")).isInstanceOf(BrokenFrame.class);
    }

    @Test
    void subscribesOnceWithAnIdAndOnceToARoom() {
        says("SUBSCRIBE\nid:0\ndestination:/rooms/r\n\n\0");
        assertThat(says("SUBSCRIBE\nid:1\ndestination:/rooms/r\n\n\0")).isInstanceOf(BrokenFrame.class);
        Conversation other = new Conversation(new HeartBeats(0, 0));
        other.command(frame("SUBSCRIBE\nid:0\ndestination:/rooms/r\n\n\0"));
        assertThat(other.command(frame("SUBSCRIBE\nid:0\ndestination:/rooms/s\n\n\0"))).isInstanceOf(BrokenFrame.class);
    }

    @Test
    void refusalIsAnErrorWithTheReceiptAndEndsAll() {
        says("SEND\ndestination:/rooms/r\nkey:k\nreceipt:a\\nb\n\nhi\0");
        assertThat(hears("{\"re\":1,\"error\":{\"code\":\"forbidden\",\"message\":\"No.\",\"temporary\":false}}")).isEqualTo(
                "ERROR\nversion:1.2\nmessage:forbidden\nreceipt-id:a\\nb\ncontent-type:application/json\ncontent-length:54\n\n"
                        + "{\"code\":\"forbidden\",\"message\":\"No.\",\"temporary\":false}\0");
        assertThat(conversation.takeEnding()).map(Conversation.Ending::code).contains(CloseCode.NOT_ALLOWED.code());
        assertThat(conversation.takeEnding()).isEmpty();
        assertThat(hears("{\"re\":2,\"ok\":{}}")).isEmpty();
        assertThat(conversation.closing(CloseCode.SIGNED_OUT.code())).as("a second error").isEmpty();
    }

    @Test
    void endedSubscriptionIsAnError() {
        assertThat(hears("{\"type\":\"unsubscribed\",\"room\":\"r\",\"code\":\"forbidden\",\"resubscribe\":false}")).isEmpty();
        subscribed();
        assertThat(hears("{\"type\":\"unsubscribed\",\"room\":\"r\",\"code\":\"forbidden\",\"resubscribe\":false}"))
                .startsWith("ERROR\nversion:1.2\nmessage:forbidden\n");
    }

    @Test
    void closeCodesSayWhy() {
        assertThat(conversation.closing(CloseCode.SIGNED_OUT.code()).map(ConversationTest::text).orElse("")).contains("unauthorized");
        assertThat(new Conversation(new HeartBeats(0, 0)).closing(CloseCode.NORMAL.code())).isEmpty();
        Conversation left = new Conversation(new HeartBeats(0, 0));
        left.left();
        assertThat(left.closing(CloseCode.SIGNED_OUT.code())).as("after the client's close").isEmpty();
    }

    @Test
    void helloIsConnected() {
        assertThat(hears("{\"type\":\"hello\",\"session\":\"s\",\"user\":{\"id\":\"bob:\",\"name\":\"B\"},\"build\":\"1\"}")).isEqualTo(
                "CONNECTED\nversion:1.2\nheart-beat:1000,1000\nsession:s\nserver:parley/1\nuser-name:bob:\n\n\0");
    }

    @Test
    void postsWithAReceiptThatMeansStored() {
        assertThat(says("SEND\ndestination:/rooms/r\nkey:k\nreceipt:1\n\nhi\0")).isEqualTo(
                new MessageCommand.Post(1, "r", "k", "hi", 0, false, List.of(), false));
        assertThat(hears("{\"re\":1,\"ok\":{\"offset\":5,\"duplicate\":true}}"))
                .isEqualTo("RECEIPT\nreceipt-id:1\noffset:5\nduplicate:true\n\n\0");
    }

    @Test
    void resumesAndDeliversEventsBehindTheNameOfTheSubscription() {
        assertThat(event()).as("without a subscription").isEmpty();
        assertThat(says("SUBSCRIBE\nid:a\\nb\ndestination:/rooms/r\nsince:e:6\nreceipt:1\n\n\0"))
                .isEqualTo(new ReadCommand.Subscribe(1, "r", Optional.of(new Position("e", 6)), -1));
        assertThat(event()).as("before the reply").isEmpty();
        assertThat(hears("{\"re\":1,\"ok\":{\"room\":\"r\",\"epoch\":\"e\",\"offset\":6,\"recovered\":true}}"))
                .isEqualTo("RECEIPT\nreceipt-id:1\nepoch:e\noffset:6\nrecovered:true\n\n\0");
        assertThat(event()).isEqualTo("MESSAGE\nsubscription:a\\nb\nepoch:e\ndestination:/rooms/r\nmessage-id:r/7\ntype:message.posted\n"
                + "offset:7\ncontent-type:application/json\ncontent-length:" + EVENT.length() + "\n\n" + EVENT + "\0");
        says("UNSUBSCRIBE\nid:a\\nb\n\n\0");
        assertThat(event()).as("after UNSUBSCRIBE").isEmpty();
    }

    @Test
    void eventIsEncodedOnceForAllReceivers() {
        Frame frame = new Frame(EVENT);
        assertThat(frame.bytes(Encoding.STOMP)).isSameAs(frame.bytes(Encoding.STOMP)).isNotEqualTo(frame.bytes());
    }

    @Test
    void typingIsNotDelivered() {
        subscribed();
        assertThat(hears("{\"type\":\"typing\",\"room\":\"r\",\"on\":true}")).isEmpty();
    }

    @Test
    void farewellComesAfterAllReplies() {
        says("SEND\ndestination:/rooms/r\nkey:k\n\nhi\0");
        assertThat(says("DISCONNECT\nreceipt:bye\n\n\0")).isEqualTo(new ConnectionCommand.Ping(2));
        hears("{\"re\":2,\"ok\":{}}");
        assertThat(conversation.farewell()).isEmpty();
        hears("{\"re\":1,\"ok\":{\"offset\":5,\"duplicate\":false}}");
        assertThat(conversation.farewell().map(ConversationTest::text)).contains("RECEIPT\nreceipt-id:bye\n\n\0");
        assertThat(conversation.takeEnding()).map(Conversation.Ending::code).contains(CloseCode.NORMAL.code());
    }

    private void subscribed() {
        says("SUBSCRIBE\nid:0\ndestination:/rooms/r\n\n\0");
        hears("{\"re\":1,\"ok\":{\"room\":\"r\",\"epoch\":\"e\",\"offset\":6,\"recovered\":false}}");
    }

    private Inbound says(String frame) {
        return conversation.command(frame(frame));
    }

    private String hears(String json) {
        return conversation.text(json).map(ConversationTest::text).orElse("");
    }

    // Behind the two bytes and the length of the WebSocket frame.
    private String event() {
        byte[] shared = new Frame(EVENT).bytes(Encoding.STOMP);
        int head = shared.length > 129 ? 4 : 2;
        return conversation.event(shared, head, shared.length - head).map(ConversationTest::text).orElse("");
    }

    private static StompFrame frame(String text) {
        StompFrame[] frames = new StompFrame[1];
        assertThat(new StompReader().read(text.getBytes(StandardCharsets.UTF_8), frame -> frames[0] = frame)).isEmpty();
        return Arrays.stream(frames).findFirst().orElseThrow();
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }
}

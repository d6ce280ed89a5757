package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.application.ExampleApplication;
import parley.kit.ChatClient;
import parley.kit.Json;
import parley.server.Cluster;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;

/** The queues of the enterprise: events of a chosen room in order, and messages that are posted or refused. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class JmsIT {

    private static Cluster cluster;
    private static EnterpriseJms enterprise;

    private final String room = UUID.randomUUID().toString();
    private final UserAt administrator = new UserAt(cluster.instance(0), "alice");

    @BeforeAll
    static void start() {
        cluster = TestCluster.shared();
        enterprise = new EnterpriseJms();
    }

    @AfterAll
    static void stop() {
        enterprise.close();
    }

    @Test
    void theEventsOfAChosenRoomArriveInOrder() throws Exception {
        administrator.posts("/api/rooms", Map.of("id", room, "name", "Room " + room));
        administrator.posts("/api/rooms/" + room + "/hooks", Map.of("kind", "jms", "events", List.of("message.posted")));
        try (ChatClient alice = administrator.connects(); ChatClient other = new UserAt(cluster.instance(1), "alice").connects();
                JMSContext context = enterprise.connects();
                JMSConsumer consumer = context.createConsumer(context.createQueue("enterprise.events"))) {
            alice.subscribes(room);
            other.subscribes(room);
            alice.posts("one");
            other.posts("two");
            long third = alice.posts("three");
            for (String text : List.of("one", "two", "three")) {
                Message message = EnterpriseJms.receives(consumer);
                JsonNode event = Json.read(message.getBody(String.class));
                assertThat(event.get("data").get("text").stringValue()).isEqualTo(text);
                assertThat(message.getStringProperty("parley_id")).isEqualTo(event.get("id").stringValue());
                assertThat(message.getStringProperty("parley_room")).isEqualTo(room);
                assertThat(message.getStringProperty("parley_type")).isEqualTo("message.posted");
                assertThat(event.get("subject").stringValue().equals("" + third)).isEqualTo(text.equals("three"));
            }
        }
    }

    @Test
    void rootsOfTheEvidenceArriveInOrder() throws Exception {
        String root = administrator.answers("POST", "/api/administration/evidence/roots", Map.of()).get("text").stringValue();
        try (JMSContext context = enterprise.connects();
                JMSConsumer consumer = context.createConsumer(context.createQueue("enterprise.evidence"))) {
            long before = 0;
            String received;
            do {
                received = EnterpriseJms.receives(consumer).getBody(String.class);
                long number = Long.parseLong(received.split(" ")[1]);
                assertThat(number).isEqualTo(before == 0 ? number : before + 1);
                before = number;
            } while (!received.equals(root));
        }
    }

    @Test
    void messagesOfAQueueArePostedOrRefusedWithTheReason() throws Exception {
        administrator.posts("/api/rooms", Map.of("id", room, "name", "Room " + room));
        try (ChatClient alice = administrator.connects(); JMSContext context = enterprise.connects();
                JMSConsumer refused = context.createConsumer(context.createQueue("enterprise.refused"))) {
            alice.subscribes(room);
            sends(context, "{\"service\":\"billing\",\"serviceName\":\"Billing\",\"room\":\"" + room + "\",\"text\":\"Order 7 is paid.\"}");
            sends(context, "{\"service\":\"billing\",\"room\":\"no-such-room\",\"text\":\"x\"}");
            sends(context, "no JSON");

            JsonNode by = alice.receives(posted("Order 7 is paid.")).get("by");
            assertThat(by.get("id").stringValue()).isEqualTo("service:billing");
            assertThat(by.get("name").stringValue()).isEqualTo("Billing");
            Message first = EnterpriseJms.receives(refused);
            assertThat(first.getStringProperty("parley_code")).isEqualTo("not_found");
            assertThat(first.getBody(String.class)).contains("no-such-room");
            Message second = EnterpriseJms.receives(refused);
            assertThat(second.getStringProperty("parley_reason")).isEqualTo("The text must be one JSON object.");
            assertThat(second.getStringProperty("parley_message")).startsWith("ID:");
        }
    }

    @Test
    void aMessageDrivenBeanAnswersEventsInItsTransaction() {
        String orders = "orders-" + room;
        administrator.posts("/api/rooms", Map.of("id", orders, "name", "Orders " + room));
        administrator.posts("/api/rooms/" + orders + "/hooks", Map.of("kind", "jms", "events", List.of("message.posted")));
        try (ChatClient alice = administrator.connects();
                var application = new ExampleApplication("packing", cluster.instance(0).name(), cluster::administer)) {
            assertThat(application.name()).isEqualTo("example-packing");
            alice.subscribes(orders);
            List<Long> confirmed = Stream.of(1, 2, 3).map(order -> alice.posts("Order " + order + " is confirmed.")).toList();
            List<Long> packed = Stream.of(1, 2, 3).map(reply -> alice.receives(posted("The warehouse packs it.")).get("thread").longValue())
                    .toList();
            assertThat(packed).containsExactlyInAnyOrderElementsOf(confirmed);
        }
    }

    private static void sends(JMSContext context, String text) {
        context.createProducer().send(context.createQueue("enterprise.inbound"), text);
    }
}

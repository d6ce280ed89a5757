package example.packing;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import parley.api.Parley;
import parley.api.Post;

/** Has the warehouse answer each confirmed order in its thread. The event is taken and the answer posted in one transaction. */
@MessageDriven(activationConfig = {
    @ActivationConfigProperty(propertyName = "connectionFactoryLookup", propertyValue = "jms/parley/enterprise"),
    @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "jms/parley/events")
})
public class Packing implements MessageListener {

    @Inject
    private Parley parley;

    @Override
    public void onMessage(Message event) {
        JsonObject posted = read(event).getJsonObject("data");
        if (posted.getString("text", "").endsWith(" is confirmed.")) {
            parley.post(Post.of(posted.getString("room"), "The warehouse packs it.").inThread(posted.getJsonNumber("offset").longValue()));
        }
    }

    private static JsonObject read(Message event) {
        try {
            return Json.createReader(new StringReader(event.getBody(String.class))).readObject();
        } catch (JMSException broken) {
            throw new IllegalStateException(broken);
        }
    }
}

package parley.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import parley.notify.MailDigests;
import parley.threads.RequestPool;

/** The unsubscribe button of mail programs (RFC 8058). The secret in the link is the only credential, and switches mails off, no more. */
@Path("mail/unsubscribe")
@Produces(MediaType.APPLICATION_JSON)
public class UnsubscribeResource {

    @Inject
    private MailDigests digests;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** Switches the mails of {@code ?key=} off; 204, also for an unknown key. */
    @POST
    @WithoutToken
    public CompletionStage<Response> unsubscribe(@QueryParam("key") String key) {
        return answers.of(readers.read(() -> {
            if (key != null && !key.isEmpty()) {
                digests.unsubscribe(key);
            }
            return Response.noContent().build();
        }));
    }
}

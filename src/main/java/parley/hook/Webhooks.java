package parley.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.outgoing.Endpoints;
import parley.outlet.Attempt;
import parley.outlet.Consumer;
import parley.outlet.Outlet;
import parley.outlet.Outlets;
import parley.settings.Settings;

/**
 * The outgoing hooks of rooms, for those who manage them. Rights are the caller's business. Each call waits for the database.
 */
@ApplicationScoped
public class Webhooks {

    /** The kind of hooks that post to a URL. */
    public static final String WEBHOOK = WebhookSink.KIND;
    /** The kind of hooks that send to the JMS destination of the installation. */
    public static final String JMS = "jms";

    @Inject
    private Settings settings;
    @Inject
    private Outlets outlets;
    @Inject
    private WebhookRows rows;
    @Inject
    private AuditLog audit;

    /** A hook, and the URL that it posts to; empty for other kinds. */
    public record Hook(Outlet outlet, Optional<String> url) {}

    /**
     * Who asks, for the audit.
     *
     * @param user their id
     * @param address of the request
     */
    public record By(String user, String address) {}

    /** A new hook and its secret, which is shown only now; empty for kinds without one. */
    public record Added(Hook hook, Optional<String> secret) {}

    /**
     * A change of a hook.
     *
     * @param types empty if they stay; a list without entries means all
     * @param enabled empty if it stays
     * @param skip whether to pass over everything that happened before
     */
    public record Change(Optional<URI> url, Optional<List<String>> types, Optional<Boolean> enabled, boolean skip) {}

    /** The URL that a hook may post to; empty if this text is none. Looks up no name. */
    public Optional<URI> endpoint(String text) {
        return new Endpoints(settings.hooks().allowedHosts()).of(text);
    }

    /** The types of the events that a hook may get. */
    public static Set<String> types() {
        return EventTypes.ALL;
    }

    /** Adds a hook for what happens in a room from now on; empty if the room has as many as it may. */
    @Transactional
    public Optional<Added> add(String room, String kind, Optional<URI> url, List<String> types, By by) {
        Consumer consumer = new Consumer(newId(), kind, room, 0);
        Instant now = Instant.now();
        if (!outlets.add(consumer, types, url.map(Endpoints::host).orElse(kind), by.user(), settings.hooks().perRoom(), now)) {
            return Optional.empty();
        }
        Optional<String> secret = url.map(target -> Signatures.newSecret());
        url.ifPresent(target -> rows.add(consumer.id(), target.toString(), secret.orElseThrow()));
        audit("hook.created", room, consumer.id(), url.map(target -> " host=" + Endpoints.host(target)).orElse(" kind=" + kind), by);
        return one(room, consumer.id()).map(hook -> new Added(hook, secret));
    }

    /** The hooks of a room, oldest first. */
    @Transactional
    public List<Hook> of(String room) {
        List<Outlet> found = outlets.of(room);
        Map<String, String> urls = rows.urls(found.stream().map(Outlet::id).toList());
        return found.stream().map(outlet -> new Hook(outlet, Optional.ofNullable(urls.get(outlet.id())))).toList();
    }

    /** The hook of a room with this id. */
    @Transactional
    public Optional<Hook> one(String room, String id) {
        return outlets.one(room, id).map(outlet -> new Hook(outlet, Optional.ofNullable(rows.urls(List.of(id)).get(id))));
    }

    /** Changes a hook, and returns it as it is then; empty if the room has no such hook. */
    @Transactional
    public Optional<Hook> change(String room, String id, Change change, By by) {
        return outlets.one(room, id).flatMap(outlet -> {
            change.url().filter(url -> outlet.kind().equals(WEBHOOK)).ifPresent(url -> {
                rows.redirect(id, url.toString());
                outlets.share(id, Endpoints.host(url));
            });
            change.types().ifPresent(types -> outlets.choose(id, types));
            if (change.skip()) {
                outlets.skip(id);
            }
            change.enabled().ifPresent(enabled -> {
                if (enabled) {
                    outlets.enable(id);
                } else {
                    outlets.disable(id, "switched off", Instant.now());
                }
            });
            audit("hook.changed", room, id, change.url().map(target -> " host=" + Endpoints.host(target)).orElse("")
                    + change.enabled().map(enabled -> " enabled=" + enabled).orElse(""), by);
            return one(room, id);
        });
    }

    /** Replaces the secret of a webhook and returns the new one. The former one signs too for a day. Empty if there is no such webhook. */
    @Transactional
    public Optional<String> rotate(String room, String id, By by) {
        return outlets.one(room, id).filter(outlet -> outlet.kind().equals(WEBHOOK)).map(outlet -> {
            String secret = Signatures.newSecret();
            rows.rotate(id, secret, Instant.now());
            audit("hook.secret", room, id, "", by);
            return secret;
        });
    }

    /** Removes a hook. Returns false if the room has no such hook. */
    @Transactional
    public boolean remove(String room, String id, By by) {
        Optional<Outlet> found = outlets.one(room, id);
        found.ifPresent(outlet -> {
            outlets.remove(id);
            rows.remove(id);
            audit("hook.deleted", room, id, "", by);
        });
        return found.isPresent();
    }

    /** The latest attempts of a hook, latest first; empty if the room has no such hook. */
    @Transactional
    public Optional<List<Attempt>> attempts(String room, String id) {
        return outlets.one(room, id).map(outlet -> outlets.attempts(id));
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private void audit(String action, String room, String id, String detail, By by) {
        audit.write(List.of(new AuditEvent(Instant.now(), action, by.user(), null, room, by.address(), "hook=" + id + detail, 1)));
    }
}

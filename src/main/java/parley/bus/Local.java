package parley.bus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import parley.call.CallWatch;
import parley.call.Signalling;
import parley.document.DeliveringUpdates;
import parley.hub.BroadcastingTyping;
import parley.hub.Delivering;
import parley.hub.Doubts;
import parley.hub.Presence;
import parley.limits.Limits;
import parley.reading.MarkerMoved;
import parley.reading.MarkingRead;
import parley.watch.Watchers;

/** Applies what another instance sent to this one. Thread-safe; never waits. */
@ApplicationScoped
class Local {

    @Inject
    private Delivering delivering;
    @Inject
    private BroadcastingTyping typing;
    @Inject
    private Presence presence;
    @Inject
    private Limits limits;
    @Inject
    private MarkingRead reading;
    @Inject
    private Watchers watchers;
    @Inject
    private Doubts doubts;
    @Inject
    private DeliveringUpdates documents;
    @Inject
    private CallWatch calls;
    @Inject
    private Signalling signalling;

    void apply(Packet.Appended appended) {
        delivering.arrived(appended.room(), appended.epoch(), appended.frames());
    }

    void apply(Packet.Typing typed) {
        typing.elsewhere(typed.typing());
    }

    void apply(Packet.Updated updated) {
        documents.arrived(updated.updates());
    }

    void apply(Packet.Aware aware) {
        documents.told(aware.aware());
    }

    void apply(Packet.CallMoved call) {
        calls.elsewhere(call.room());
    }

    void apply(Packet.Signal signal) {
        signalling.elsewhere(signal.sent());
    }

    void apply(Packet.Read read) {
        reading.elsewhere(new MarkerMoved(read.room(), read.by(), read.upto(), read.back(), false));
    }

    void apply(Packet.Told told) {
        told.told().forEach(watchers::elsewhere);
    }

    /** @param instance its name and incarnation */
    void apply(String instance, Packet.QuotaUse use) {
        limits.reported(instance, use.usage());
    }

    /** Messages may be missing. */
    void mayHaveMissed() {
        doubts.doubtAll();
    }

    Presence presence() {
        return presence;
    }

    /** An instance has stopped, or can't be heard. */
    void gone(String instance) {
        presence.gone(instance);
        limits.stopped(instance);
    }
}

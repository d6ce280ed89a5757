package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Drops the view of a room whose log was rewritten: the events that led to it named a person who is erased now. */
@ApplicationScoped
class ReloadingViews {

    @Inject
    private Views views;

    void committed(@Observes Committed committed) {
        committed.rooms().stream().filter(Committed.RoomBatch::rewrites).forEach(batch -> views.forget(batch.view().id()));
    }
}

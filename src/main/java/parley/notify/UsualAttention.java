package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Nobody chose anything. */
@ApplicationScoped
class UsualAttention implements Attentions {

    @Override
    public Map<Place, Attention> of(Collection<Place> places) {
        return Map.of();
    }

    @Override
    public Map<String, List<String>> keywords() {
        return Map.of();
    }
}

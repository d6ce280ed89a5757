package parley.evidence;

import java.util.List;

/** Takes roots to another system. CDI beans implement it. Each root is handed over in order and at least once. */
public interface RootOutlet {

    /** Whether it takes roots now. */
    boolean isOn();

    /** Takes these texts, each a line with its signature. Returns how many it took: fewer if the other system is away. */
    int take(List<String> roots);
}

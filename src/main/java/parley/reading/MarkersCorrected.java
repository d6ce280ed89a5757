package parley.reading;

import java.util.Set;

/** CDI event: these markers stand at another place than this instance remembered and told. */
public record MarkersCorrected(Set<PersonInRoom> markers) {}

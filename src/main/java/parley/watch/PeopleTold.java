package parley.watch;

import java.util.List;

/** CDI event: ephemeral frames for the watching connections of people on the other instances. */
public record PeopleTold(List<PersonTold> told) {}

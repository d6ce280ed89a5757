package parley.people;

import java.util.List;
import parley.protocol.User;

/** CDI event: this instance has read that these people have other names, which are today's. */
public record Renamed(List<User> people) {}

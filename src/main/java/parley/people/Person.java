package parley.people;

import java.util.Optional;

/**
 * A person as others see them.
 *
 * @param name today's name
 * @param picture an https URL
 * @param status empty if it has ended
 */
public record Person(String id, String name, Optional<String> picture, Optional<Status> status, Availability availability) {}

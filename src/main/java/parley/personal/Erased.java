package parley.personal;

/**
 * The person of an erasure, for what {@link PersonalData} removes.
 *
 * @param person the user id
 * @param pseudonym the id that takes its place
 * @param withContent whether what the person wrote goes too; if not, only who wrote it
 * @param keepsExports whether exports that name the person stay
 */
public record Erased(String person, String pseudonym, boolean withContent, boolean keepsExports) {}

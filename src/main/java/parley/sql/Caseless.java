package parley.sql;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Looks for texts whatever their case. Java and a database don't agree on small letters: PostgreSQL makes one letter of İ where Java makes
 * two, and in the locale C it changes ASCII alone. So the database makes the small letters of both sides.
 */
public final class Caseless {

    private Caseless() {
    }

    /** Texts as people may have written them: as they are, in small letters and in capitals. */
    public static List<String> spellings(Collection<String> texts) {
        return texts.stream().flatMap(text -> Stream.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))).distinct()
                .toList();
    }

    /** These texts, at least one, in the small letters that the function {@code lower} of this database makes, each once. */
    public static List<String> small(EntityManager em, Collection<String> texts) {
        return Statements.query(em, row -> row.getString(1),
                String.join(" union ", Collections.nCopies(texts.size(), "select lower(cast(? as varchar))")), texts.toArray());
    }
}

package parley.personal;

/**
 * A column that may hold something of a person.
 *
 * @param of for {@link Treatment#NAME} and the kinds that clear: the column that says whose it is; otherwise empty
 * @param why for {@link Treatment#STAYS} and {@link Treatment#ELSEWHERE}: the reason; otherwise empty
 */
public record PersonalColumn(String table, String column, Treatment treatment, String of, String why) {

    /** What an erasure does with a column. */
    public enum Treatment {
        /** It is a person's id, and the person's rows are deleted. */
        ROWS,
        /** The same, but only with the content: pseudonymisation replaces the id. */
        CONTENT,
        /** It is a person's id, which the pseudonym replaces. */
        ID,
        /** It is the name of the person whose id is in another column. */
        NAME,
        /** It belongs to the person whose id is in another column, and becomes empty. */
        CLEARED,
        /** The same, but only with the content: pseudonymisation replaces names in it. */
        CLEARED_CONTENT,
        /** It has ids of people, with line breaks or blanks between them. */
        IDS,
        /** It is a text, in which names and mentions of the person are replaced. */
        TEXT,
        /** It is JSON with ids of people and texts. */
        JSON,
        /** It is the frame of an event. */
        FRAME,
        /** Other code replaces or removes it. */
        ELSEWHERE,
        /** It stays, or can't hold anything of a person. */
        STAYS
    }

    /** Whether {@link #of} says whose it is. */
    public boolean isOf() {
        return !of.isEmpty();
    }

    /** The person's rows are deleted. */
    public static PersonalColumn rows(String table, String column) {
        return new PersonalColumn(table, column, Treatment.ROWS, "", "");
    }

    /** The person's rows are deleted with the person's content; otherwise the pseudonym replaces the id. */
    public static PersonalColumn content(String table, String column) {
        return new PersonalColumn(table, column, Treatment.CONTENT, "", "");
    }

    /** The pseudonym replaces the id. */
    public static PersonalColumn id(String table, String column) {
        return new PersonalColumn(table, column, Treatment.ID, "", "");
    }

    /** The name of the person whose id is in the column {@code of}. */
    public static PersonalColumn name(String table, String column, String of) {
        return new PersonalColumn(table, column, Treatment.NAME, of, "");
    }

    /** Becomes empty in rows whose column {@code of} has the person's id. */
    public static PersonalColumn cleared(String table, String column, String of) {
        return new PersonalColumn(table, column, Treatment.CLEARED, of, "");
    }

    /** The same, but only with the person's content. */
    public static PersonalColumn clearedContent(String table, String column, String of) {
        return new PersonalColumn(table, column, Treatment.CLEARED_CONTENT, of, "");
    }

    /** Ids with line breaks or blanks between. */
    public static PersonalColumn ids(String table, String column) {
        return new PersonalColumn(table, column, Treatment.IDS, "", "");
    }

    /** A text of anybody. */
    public static PersonalColumn text(String table, String column) {
        return new PersonalColumn(table, column, Treatment.TEXT, "", "");
    }

    /** JSON with ids and texts. */
    public static PersonalColumn json(String table, String column) {
        return new PersonalColumn(table, column, Treatment.JSON, "", "");
    }

    /** Frames of events. */
    public static PersonalColumn frame(String table, String column) {
        return new PersonalColumn(table, column, Treatment.FRAME, "", "");
    }

    /** Other code replaces or removes it. */
    public static PersonalColumn elsewhere(String table, String column, String why) {
        return new PersonalColumn(table, column, Treatment.ELSEWHERE, "", why);
    }

    /** It stays. */
    public static PersonalColumn stays(String table, String column, String why) {
        return new PersonalColumn(table, column, Treatment.STAYS, "", why);
    }
}

package parley.personal;

import java.util.List;

/** What one package stores about people. Each package that owns tables has a bean of this type, with a constructor without arguments. */
public interface PersonalData {

    /** The columns of its tables that may hold something of a person, and those that look like it and don't. */
    List<PersonalColumn> columns();

    /**
     * Removes what statements on columns can't remove, a bounded part for each call, in a transaction of its own. Repeating it is harmless.
     *
     * @return how many things this call removed; 0 if nothing is left
     */
    default int remove(Erased erased) {
        return 0;
    }

    /** What {@link #remove} removes, for the report: a noun in the plural. */
    default String removes() {
        return "";
    }
}

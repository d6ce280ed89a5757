package parley.api;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Chooses the {@link MessagePosted} events of one room. */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({PARAMETER, FIELD, METHOD})
public @interface InRoom {

    /** The room's id. */
    String value();

    /** The qualifier of a room. */
    final class Of extends AnnotationLiteral<InRoom> implements InRoom {

        private static final long serialVersionUID = 1;
        private final String room;

        /** The qualifier of the room with this id. */
        public Of(String room) {
            this.room = room;
        }

        @Override
        public String value() {
            return room;
        }
    }
}

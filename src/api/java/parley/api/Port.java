package parley.api;

import java.util.Map;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The way from this application to Parley: a function in the server's JNDI that takes and returns maps of the JDK's own types. Parley and
 * this JAR may be of different versions: Parley refuses what it doesn't know. Nothing of Parley is kept: it may be redeployed at any time.
 */
final class Port {

    private static final String NAME = "parley/application";

    private Port() {
    }

    /** Parley's answer to this request. Throws what {@link Parley} says. */
    static Map<String, Object> ask(Map<String, Object> request) {
        Map<String, Object> answer = answer(find(), request);
        if (answer.get("refused") instanceof String code) {
            String message = String.valueOf(answer.get("message"));
            throw "unavailable".equals(code) ? new ParleyUnavailableException(message) : new ParleyException(code, message);
        }
        return answer;
    }

    @SuppressWarnings("unchecked") // Parley binds only this type.
    private static Function<Map<String, Object>, Map<String, Object>> find() {
        try {
            return (Function<Map<String, Object>, Map<String, Object>>) new InitialContext().lookup(NAME);
        } catch (NamingException | ClassCastException absent) {
            throw new ParleyUnavailableException("Parley is not deployed in this server, or is starting or stopping.", absent);
        }
    }

    private static Map<String, Object> answer(Function<Map<String, Object>, Map<String, Object>> parley, Map<String, Object> request) {
        try {
            return parley.apply(request);
        } catch (RuntimeException | LinkageError stopped) {
            // Between the lookup and the call, Parley was undeployed.
            throw new ParleyUnavailableException("Parley stopped during the call.", stopped);
        }
    }
}

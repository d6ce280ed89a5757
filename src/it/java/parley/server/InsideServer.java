package parley.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class run inside the server, in a second deployment of the WAR. These classes run one after another and share it, see
 * {@link Deployments#inside}. They make hundreds of rooms, so they run after those that look at pages.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(ArquillianExtension.class)
@Order(Integer.MAX_VALUE - 20)
public @interface InsideServer {
}

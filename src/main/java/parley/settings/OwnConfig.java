package parley.settings;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The application's own configuration, whoever wakes the bean that reads it. Payara chooses a plain {@code Config} by the
 * calling thread, and that of a health check which asks while the application is still being loaded gets the server's
 * alone: without what the WAR brings, for as long as the bean lives.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface OwnConfig {

    /** Finds it by the WAR's class loader. */
    @Dependent
    class Source {

        @Produces
        @OwnConfig
        Config config() {
            return ConfigProvider.getConfig(OwnConfig.class.getClassLoader());
        }
    }
}

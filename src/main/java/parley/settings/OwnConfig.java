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
 * Marks the {@code Config} of this application. Payara picks an unqualified one by the calling thread. A health check that runs
 * while the application loads would get the server's, without the values in the WAR, and keep it for the life of the bean.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface OwnConfig {

    /** Looks the configuration up by the class loader of the WAR. */
    @Dependent
    class Source {

        @Produces
        @OwnConfig
        Config config() {
            return ConfigProvider.getConfig(OwnConfig.class.getClassLoader());
        }
    }
}

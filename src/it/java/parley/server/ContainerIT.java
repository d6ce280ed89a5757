package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Arquillian injects beans into tests that run inside the container. */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {
    @Inject
    BeanManager beans;

    @Deployment
    static WebArchive deployment() {
        return Deployments.withTestClasses(ContainerIT.class);
    }

    @Test
    void injectsBeans() {
        assertThat(beans.getBeans(BeanManager.class)).isNotEmpty();
    }
}

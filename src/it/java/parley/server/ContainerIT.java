package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test in the container is a bean like any other. */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {
    @Inject
    BeanManager beans;

    @Deployment
    static WebArchive inside() {
        return Deployments.inside(ContainerIT.class);
    }

    @Test
    void isInjected() {
        assertThat(beans.getBeans(BeanManager.class)).isNotEmpty();
    }
}

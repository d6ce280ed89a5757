package parley.server;

import fish.payara.arquillian.container.payara.remote.PayaraRemoteDeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Keeps the deployment of the tests that run inside the server from the first of their classes until the first class after them. Arquillian
 * would deploy the WAR again for each class, which takes ten seconds. Arquillian and JUnit register it.
 */
public final class SharedDeployment implements LoadableExtension, BeforeAllCallback {

    private static Container container;
    private static Archive<?> deployed;
    private static ProtocolMetaData address;

    @Override
    public void register(ExtensionBuilder arquillian) {
        arquillian.override(DeployableContainer.class, PayaraRemoteDeployableContainer.class, Container.class);
    }

    @Override
    public void beforeAll(ExtensionContext next) throws DeploymentException {
        if (deployed != null && !AnnotationSupport.isAnnotated(next.getTestClass(), InsideServer.class)) {
            container.end();
        }
    }

    /** The running server, on which an archive stays until {@link #end}. */
    public static final class Container extends PayaraRemoteDeployableContainer {

        @Override
        public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
            if (deployed == null) {
                address = super.deploy(archive);
                deployed = archive;
                container = this;
            }
            return address;
        }

        @Override
        public void undeploy(Archive<?> archive) {
            // The next class may use it.
        }

        private void end() throws DeploymentException {
            super.undeploy(deployed);
            deployed = null;
        }
    }
}

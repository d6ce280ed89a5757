package parley.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Commands that are not traced. */
class TracingTest {

    private static final int COMMANDS = 100_000;
    private static final String API = "io.opentelemetry.";

    @Test
    void allocatesNothing() {
        Tracing tracing = new Tracing(false, "here");
        traceCommands(tracing);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        traceCommands(tracing);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(COMMANDS);
    }

    private static void traceCommands(Tracing tracing) {
        for (int i = 0; i < COMMANDS; i++) {
            Trace trace = tracing.command("message.post");
            trace.commit(1, true, i, i);
            trace.deliver(i, i);
            trace.end("ok");
        }
    }

    @Test
    void worksOnAServerWithoutOpenTelemetry() throws Exception {
        for (boolean on : new boolean[] {false, true}) {
            try (WithoutOpenTelemetry loader = new WithoutOpenTelemetry()) {
                Class<?> tracing = loader.loadClass(Tracing.class.getName());
                assertThat(tracing.getClassLoader()).isSameAs(loader);
                Constructor<?> constructor = tracing.getDeclaredConstructor(boolean.class, String.class);
                constructor.setAccessible(true);
                Object none = loader.loadClass(Trace.class.getName()).getField("NONE").get(null);
                Object withoutApi = constructor.newInstance(on, "here");
                assertThat(tracing.getMethod("command", String.class).invoke(withoutApi, "ping")).isSameAs(none);
                assertThat(tracing.getMethod("request", String.class).invoke(withoutApi, "CreateRoom")).isSameAs(none);
                assertThat(loader.hasLoaded("parley.tracing.OpenTelemetryTraces")).isFalse();
            }
        }
    }

    /** Loads the product's classes itself and has no API of OpenTelemetry. */
    private static final class WithoutOpenTelemetry extends URLClassLoader {

        WithoutOpenTelemetry() throws MalformedURLException {
            super(new URL[] {Path.of(System.getProperty("basedir", ""), "target/classes").toUri().toURL()}, new Parent());
        }

        boolean hasLoaded(String name) {
            return findLoadedClass(name) != null;
        }
    }

    private static final class Parent extends ClassLoader {

        Parent() {
            super(TracingTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(API) || name.startsWith("parley.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}

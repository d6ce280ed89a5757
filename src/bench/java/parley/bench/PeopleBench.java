package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** People who chat, played by Gatling in a JVM of its own: against a server that is named, or one that is started here. */
final class PeopleBench {

    private static final String PROPERTIES = "people.";
    private static final String SERVER = "people.server";

    private PeopleBench() {
    }

    static void run() throws Exception {
        if (System.getProperty(SERVER, "").isEmpty()) {
            Parley.onItsCore(parley -> chat(parley.base().toString()));
        } else {
            chat(System.getProperty(SERVER));
        }
    }

    private static void chat(String server) throws IOException, InterruptedException {
        Say.progress("People come to " + server);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                // What Gatling and Netty ask of the JVM.
                "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"), "-cp",
                System.getProperty("java.class.path")));
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(PROPERTIES) && !name.equals(SERVER))
                .map(name -> "-D" + name + "=" + System.getProperty(name)).forEach(command::add);
        command.addAll(List.of("-D" + SERVER + "=" + server, "io.gatling.app.Gatling", "-s", "parley.people.Chatting", "-rf",
                Files.createDirectories(Path.of("target/gatling")).toString(), "-nr"));
        Process gatling = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(gatling::destroy));
        if (gatling.waitFor() != 0) {
            throw new BenchFailed("Gatling ended with " + gatling.exitValue());
        }
    }
}

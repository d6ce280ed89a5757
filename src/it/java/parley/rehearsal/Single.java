package parley.rehearsal;

import static parley.rehearsal.Documents.SERVER_CONFIG;

import java.util.List;
import java.util.Set;

/** One instance: installation, chat, and uninstallation. */
record Single(Host host, Chat chat, Steps steps) {

    void rehearse() throws Exception {
        steps.section("one instance");
        steps.run("an empty domain starts", () -> {
            host.resetDomain();
            host.run("asadmin start-domain");
            return "";
        });
        Set<String> before = host.settings();
        configure();
        deploy();
        new Proxy(host, steps).configure(List.of(host.http));
        steps.run("a browser chats through nginx and TLS", chat::inBrowser);
        steps.run("chat load", () -> chat.underLoad(1_000, workload -> { }));
        new Uninstall(host, steps).rehearse(before, List.of(host.http));
        steps.run("the domain stops", () -> host.run("asadmin stop-domain").isEmpty() ? "" : "");
    }

    private void configure() throws Exception {
        String script = Documents.line(SERVER_CONFIG, "instance.sh --database h2").replace("--database h2",
                "--database postgresql --proxy");
        steps.run("instance.sh", () -> {
            host.run(script);
            return "";
        });
        steps.run("instance.sh, again", () -> {
            Set<String> first = host.settings();
            host.run(script);
            return Uninstall.requireSame(first, host.settings());
        });
        steps.run("add-library", () -> {
            host.run(Documents.line(SERVER_CONFIG, "add-library"));
            return "";
        });
    }

    private void deploy() throws Exception {
        steps.run("stop and start with the environment, then restart-domain", () -> {
            host.environment.putAll(Environment.of(host, chat.database(), chat.issuer()));
            host.run("asadmin stop-domain; asadmin start-domain");
            host.run(Documents.line(SERVER_CONFIG, "asadmin restart-domain"));
            return "";
        });
        steps.run("deploy", () -> {
            host.run(Documents.line(SERVER_CONFIG, "asadmin deploy --name parley"));
            return host.awaitReady(host.http);
        });
    }
}

package parley.rehearsal;

import static parley.rehearsal.Documents.SERVER_CONFIG;

import java.util.List;
import java.util.Set;

/** One instance, from an empty Payara to people who chat, and back. */
record Single(Machine machine, Chat chat, Steps steps) {

    void rehearse() throws Exception {
        steps.begin("one instance");
        steps.take("an empty domain starts", () -> {
            machine.emptyDomain();
            machine.run("asadmin start-domain");
            return "";
        });
        Set<String> before = machine.settings();
        configure();
        deploy();
        new Proxy(machine, steps).before(List.of(machine.http));
        steps.take("a browser chats through nginx and TLS", chat::inABrowser);
        steps.take("a load chats", () -> chat.judge(1_000, trial -> { }));
        new Uninstall(machine, steps).rehearse(before, List.of(machine.http));
        steps.take("the domain stops", () -> machine.run("asadmin stop-domain").isEmpty() ? "" : "");
    }

    private void configure() throws Exception {
        String script = Documents.line(SERVER_CONFIG, "instance.sh --database h2").replace("--database h2",
                "--database postgresql --proxy");
        steps.take("instance.sh", () -> {
            machine.run(script);
            return "";
        });
        steps.take("instance.sh, again", () -> {
            Set<String> first = machine.settings();
            machine.run(script);
            return Uninstall.same(first, machine.settings());
        });
        steps.take("the driver", () -> {
            machine.run(Documents.line(SERVER_CONFIG, "add-library"));
            return "";
        });
    }

    private void deploy() throws Exception {
        steps.take("stop and start with the environment, then restart-domain", () -> {
            machine.environment.putAll(Environment.of(machine, chat.database(), chat.issuer()));
            machine.run("asadmin stop-domain; asadmin start-domain");
            machine.run(Documents.line(SERVER_CONFIG, "asadmin restart-domain"));
            return "";
        });
        steps.take("deploy", () -> {
            machine.run(Documents.line(SERVER_CONFIG, "asadmin deploy --name parley"));
            return machine.awaitReady(machine.http);
        });
    }
}

package parley.rehearsal;

import static parley.rehearsal.Documents.SERVER_CONFIG;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import parley.server.Companion;

/** Two instances and a broker: from an empty Payara through a bad year, and back. */
final class Group {

    private final Machine machine;
    private final Chat chat;
    private final Steps steps;
    private Companion broker;

    Group(Machine machine, Chat chat, Steps steps) {
        this.machine = machine;
        this.chat = chat;
        this.steps = steps;
    }

    void rehearse() throws Exception {
        steps.begin("group of two");
        machine.environment.putAll(Environment.of(machine, chat.database(), chat.issuer()));
        machine.environment.put("PARLEY_BROKERS", "mqtcp://127.0.0.1:" + machine.broker + "/jms");
        machine.environment.put("PARLEY_BROKER_PASSWORD", UUID.randomUUID().toString());
        steps.take("an empty domain starts", () -> {
            machine.emptyDomain();
            machine.run("asadmin start-domain");
            return "";
        });
        Set<String> before = machine.settings();
        steps.take("broker.sh", this::startsBroker);
        try {
            make();
            new Proxy(machine, steps).before(ports());
            steps.take("a browser chats through nginx and TLS", chat::inABrowser);
            steps.take("a load chats on both", () -> chat.judge(2_000, trial -> { }));
            if (Rehearsal.takes("group", "power-cut")) {
                new PowerCut(machine, chat, this, steps).rehearse();
            }
            if (Rehearsal.takes("group", "upgrade")) {
                new Upgrade(machine, chat, this, steps).rehearse();
            }
            if (Rehearsal.takes("group", "restore")) {
                new Restore(machine, chat, this, steps).rehearse();
            }
            steps.begin("group, the way back");
            new Uninstall(machine, steps).rehearse(before, ports());
        } finally {
            broker.close();
        }
    }

    private void make() throws Exception {
        steps.take("the driver", () -> {
            machine.run(Documents.line(SERVER_CONFIG, "add-library"));
            return "";
        });
        String script = Documents.line(SERVER_CONFIG, "cluster.sh --instances 2");
        steps.take("cluster.sh", () -> {
            machine.run(script);
            return "";
        });
        steps.take("cluster.sh, again", () -> {
            Set<String> first = machine.settings();
            machine.run(script);
            return Uninstall.same(first, machine.settings());
        });
        steps.take("start-deployment-group", this::start);
        steps.take("deploy.sh", () -> deploy("target/parley.war"));
    }

    /** The HTTP ports of the instances. */
    List<Integer> ports() {
        return List.of(machine.groupHttp, machine.groupHttp + 1);
    }

    String start() throws Exception {
        machine.run(Documents.line(SERVER_CONFIG, "start-deployment-group"));
        return "";
    }

    String deploy(String war) throws Exception {
        machine.run(Documents.line(SERVER_CONFIG, "deploy.sh --war target/parley.war").replace("target/parley.war", war));
        return ready();
    }

    String ready() {
        ports().forEach(machine::awaitReady);
        return "both ready";
    }

    String startsBroker() {
        broker = Companion.start(List.of("sh", "-c", "exec " + machine.replaced(Documents.line(SERVER_CONFIG,
                "broker.sh --payara /opt/payara7 "
                + "--var /var/lib/parley-broker --host"))), machine.environment, Machine.FOLDER.resolve("logs/broker.txt").toFile());
        return "";
    }

    void killBroker() {
        broker.kill();
    }
}

package parley.rehearsal;

import static parley.rehearsal.Documents.SERVER_CONFIG;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import parley.server.ChildProcess;

/** Two instances and a broker: installation, faults, upgrade, restore and uninstallation. */
final class Group {

    private final Host host;
    private final Chat chat;
    private final Steps steps;
    private ChildProcess broker;

    Group(Host host, Chat chat, Steps steps) {
        this.host = host;
        this.chat = chat;
        this.steps = steps;
    }

    void rehearse() throws Exception {
        steps.section("group of two");
        host.environment.putAll(Environment.of(host, chat.database(), chat.issuer()));
        host.environment.put("PARLEY_BROKERS", "mqtcp://127.0.0.1:" + host.broker + "/jms");
        host.environment.put("PARLEY_BROKER_PASSWORD", UUID.randomUUID().toString());
        steps.run("an empty domain starts", () -> {
            host.resetDomain();
            host.run("asadmin start-domain");
            return "";
        });
        Set<String> before = host.settings();
        steps.run("broker.sh", this::startBroker);
        try {
            create();
            new Proxy(host, steps).configure(ports());
            steps.run("a browser chats through nginx and TLS", chat::inBrowser);
            steps.run("chat load on both", () -> chat.underLoad(2_000, workload -> { }));
            if (Rehearsal.includes("group", "power-cut")) {
                new PowerCut(host, chat, this, steps).rehearse();
            }
            if (Rehearsal.includes("group", "upgrade")) {
                new Upgrade(host, chat, this, steps).rehearse();
            }
            if (Rehearsal.includes("group", "restore")) {
                new Restore(host, chat, this, steps).rehearse();
            }
            steps.section("group, uninstall");
            new Uninstall(host, steps).rehearse(before, ports());
        } finally {
            broker.close();
        }
    }

    private void create() throws Exception {
        steps.run("add-library", () -> {
            host.run(Documents.line(SERVER_CONFIG, "add-library"));
            return "";
        });
        String script = Documents.line(SERVER_CONFIG, "cluster.sh --instances 2");
        steps.run("cluster.sh", () -> {
            host.run(script);
            return "";
        });
        steps.run("cluster.sh, again", () -> {
            Set<String> first = host.settings();
            host.run(script);
            return Uninstall.requireSame(first, host.settings());
        });
        steps.run("start-deployment-group", this::start);
        steps.run("deploy.sh", () -> deploy("target/parley.war"));
    }

    /** The HTTP ports of the instances. */
    List<Integer> ports() {
        return List.of(host.groupHttp, host.groupHttp + 1);
    }

    String start() throws Exception {
        host.run(Documents.line(SERVER_CONFIG, "start-deployment-group"));
        return "";
    }

    String deploy(String war) throws Exception {
        host.run(Documents.line(SERVER_CONFIG, "deploy.sh --war target/parley.war").replace("target/parley.war", war));
        return ready();
    }

    String ready() {
        ports().forEach(host::awaitReady);
        return "both ready";
    }

    String startBroker() {
        broker = ChildProcess.start(List.of("sh", "-c", "exec " + host.withReplacements(Documents.line(SERVER_CONFIG,
                "broker.sh --payara /opt/payara7 "
                + "--var /var/lib/parley-broker --host"))), host.environment, Host.FOLDER.resolve("logs/broker.txt").toFile());
        return "";
    }

    void killBroker() {
        broker.kill();
    }
}

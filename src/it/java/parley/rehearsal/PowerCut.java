package parley.rehearsal;

import java.net.URI;

/** Kills all processes under load and starts them in the worst order: dependencies last. */
record PowerCut(Host host, Chat chat, Group group, Steps steps) {

    private static final int ACKNOWLEDGEMENTS = 6_000;

    void rehearse() throws Exception {
        steps.section("power cut");
        steps.run("under load", () -> chat.underLoad(ACKNOWLEDGEMENTS, workload -> {
            workload.awaitAcknowledgements(ACKNOWLEDGEMENTS / 3);
            steps.run("everything is killed", () -> {
                Host.killAll();
                group.killBroker();
                return "%,d acknowledged so far".formatted(workload.acknowledgements());
            });
            startInWorstOrder();
        }));
    }

    private void startInWorstOrder() throws Exception {
        steps.run("nginx starts", () -> {
            new Proxy(host, steps).start();
            return "";
        });
        for (String instance : new String[] {"parley-1", "parley-2"}) {
            steps.run(instance + " starts without domain, broker and database", () -> {
                host.run("asadmin start-local-instance --node localhost-domain1 " + instance);
                return "";
            });
        }
        steps.run("health", () -> {
            String health = Person.getPlain(URI.create("http://localhost:" + host.groupHttp + "/health/ready"));
            Rehearsal.check(!health.startsWith("{\"status\":\"UP\""), "Ready without a database: " + health);
            return "not ready";
        });
        steps.run("the domain starts", () -> {
            host.run("asadmin start-domain");
            return "";
        });
        steps.run("the broker starts", group::startBroker);
        steps.run("PostgreSQL starts", () -> {
            chat.database().start();
            return "";
        });
        steps.run("the instances recover on their own", group::ready);
    }
}

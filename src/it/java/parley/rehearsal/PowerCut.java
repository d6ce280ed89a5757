package parley.rehearsal;

import java.net.URI;

/** Everything ends at once while people chat, and starts in the worst order: what the others need comes last. */
record PowerCut(Machine machine, Chat chat, Group group, Steps steps) {

    private static final int ACKNOWLEDGEMENTS = 6_000;

    void rehearse() throws Exception {
        steps.begin("power cut");
        steps.take("under a load", () -> chat.judge(ACKNOWLEDGEMENTS, trial -> {
            trial.awaitAcknowledgements(ACKNOWLEDGEMENTS / 3);
            steps.take("everything is killed", () -> {
                Machine.killAll();
                group.killBroker();
                return "%,d acknowledged by then".formatted(trial.acknowledgements());
            });
            starts();
        }));
    }

    private void starts() throws Exception {
        steps.take("nginx starts", () -> {
            new Proxy(machine, steps).start();
            return "";
        });
        for (String instance : new String[] {"parley-1", "parley-2"}) {
            steps.take(instance + " starts, without domain, broker and database", () -> {
                machine.run("asadmin start-local-instance --node localhost-domain1 " + instance);
                return "";
            });
        }
        steps.take("health", () -> {
            String said = Person.plainly(URI.create("http://localhost:" + machine.groupHttp + "/health/ready"));
            Rehearsal.check(!said.startsWith("{\"status\":\"UP\""), "Ready without a database: " + said);
            return "not ready";
        });
        steps.take("the domain starts", () -> {
            machine.run("asadmin start-domain");
            return "";
        });
        steps.take("the broker starts", group::startsBroker);
        steps.take("PostgreSQL starts", () -> {
            chat.database().start();
            return "";
        });
        steps.take("the instances, by themselves", group::ready);
    }
}

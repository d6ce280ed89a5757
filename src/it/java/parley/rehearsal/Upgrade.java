package parley.rehearsal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import parley.server.NextVersion;

/** Another version with another schema, and back, while people chat. */
record Upgrade(Machine machine, Chat chat, Group group, Steps steps) {

    private static final int ACKNOWLEDGEMENTS = 4_000;
    private static final String MIGRATION = "alter table message add column next_version_only varchar(20);";

    void rehearse() throws Exception {
        steps.begin("upgrade");
        Path next = NextVersion.of(Path.of("target/parley.war").toAbsolutePath(), MIGRATION);
        steps.take("under a load", () -> chat.judge(ACKNOWLEDGEMENTS, trial -> {
            trial.awaitAcknowledgements(ACKNOWLEDGEMENTS / 4);
            steps.take("deploy.sh, the next version", () -> group.deploy(next.toString()) + ", " + migrated());
            steps.take("deploy.sh, the version before", () -> group.deploy("target/parley.war"));
        }));
    }

    private String migrated() throws Exception {
        try (Connection connection = chat.database().connect(); Statement query = connection.createStatement();
                ResultSet found = query.executeQuery("select success from flyway_schema_history where version = '9999'")) {
            Rehearsal.check(found.next() && found.getBoolean(1), "The schema is not the next one's");
            return "the schema is the next one's";
        }
    }
}

package parley;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the table of packages in {@code parley/package-info.java}. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .importPath(Path.of(System.getProperty("basedir", ""), "target/classes/parley"));

    @Test
    void everyPackageImportsOnlyFromThoseAboveIt() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInAnyPackage("parley..")
                .layer("protocol").definedBy("parley.protocol")
                .layer("settings").definedBy("parley.settings")
                .layer("metrics").definedBy("parley.metrics")
                .layer("tracing").definedBy("parley.tracing")
                .layer("threads").definedBy("parley.threads")
                .layer("sql").definedBy("parley.sql")
                .layer("verify").definedBy("parley.verify")
                .layer("personal").definedBy("parley.personal")
                .layer("identity").definedBy("parley.identity")
                .layer("limits").definedBy("parley.limits")
                .layer("room").definedBy("parley.room")
                .layer("journal").definedBy("parley.journal")
                .layer("lease").definedBy("parley.lease")
                .layer("outgoing").definedBy("parley.outgoing")
                .layer("extract").definedBy("parley.extract")
                .layer("health").definedBy("parley.health")
                .layer("audit").definedBy("parley.audit")
                .layer("feature").definedBy("parley.feature")
                .layer("evidence").definedBy("parley.evidence")
                .layer("people").definedBy("parley.people")
                .layer("file").definedBy("parley.file")
                .layer("emoji").definedBy("parley.emoji")
                .layer("content").definedBy("parley.content")
                .layer("message").definedBy("parley.message")
                .layer("reading").definedBy("parley.reading")
                .layer("hub").definedBy("parley.hub")
                .layer("watch").definedBy("parley.watch")
                .layer("document").definedBy("parley.document")
                .layer("call").definedBy("parley.call")
                .layer("search").definedBy("parley.search")
                .layer("notify").definedBy("parley.notify")
                .layer("preview").definedBy("parley.preview")
                .layer("outlet").definedBy("parley.outlet")
                .layer("hook").definedBy("parley.hook")
                .layer("jms").definedBy("parley.jms")
                .layer("bot").definedBy("parley.bot")
                .layer("schedule").definedBy("parley.schedule")
                .layer("imports").definedBy("parley.imports")
                .layer("export").definedBy("parley.export")
                .layer("scim").definedBy("parley.scim")
                .layer("hold").definedBy("parley.hold")
                .layer("analytics").definedBy("parley.analytics")
                .layer("installation").definedBy("parley.installation")
                .layer("announcement").definedBy("parley.announcement")
                .layer("moderation").definedBy("parley.moderation")
                .layer("erasure").definedBy("parley.erasure")
                .layer("administration").definedBy("parley.administration")
                .layer("bus").definedBy("parley.bus")
                .layer("application").definedBy("parley.application")
                .layer("http").definedBy("parley.http")
                .layer("stomp").definedBy("parley.stomp")
                .layer("socket").definedBy("parley.socket")
                .layer("stream").definedBy("parley.stream")
                .layer("rest").definedBy("parley.rest")
                .layer("ops").definedBy("parley.ops")
                .layer("client").definedBy("parley.client")
                .layer("api").definedBy("parley.api")
                .whereLayer("protocol").mayNotAccessAnyLayer()
                .whereLayer("settings").mayNotAccessAnyLayer()
                .whereLayer("metrics").mayNotAccessAnyLayer()
                .whereLayer("tracing").mayOnlyAccessLayers("settings")
                .whereLayer("tracing").mayOnlyBeAccessedByLayers("journal", "socket", "rest")
                .whereLayer("threads").mayOnlyAccessLayers("metrics", "settings")
                .whereLayer("sql").mayNotAccessAnyLayer()
                .whereLayer("verify").mayNotAccessAnyLayer()
                .whereLayer("verify").mayOnlyBeAccessedByLayers("evidence")
                .whereLayer("personal").mayNotAccessAnyLayer()
                // Every package that has tables declares what they hold of people.
                .ignoreDependency(DescribedPredicate.alwaysTrue(), JavaClass.Predicates.resideInAPackage("parley.personal"))
                .whereLayer("identity").mayOnlyAccessLayers("threads", "protocol", "settings")
                .whereLayer("limits").mayOnlyAccessLayers("protocol", "metrics", "settings")
                .whereLayer("room").mayOnlyAccessLayers("sql", "identity", "protocol", "settings")
                .whereLayer("journal")
                .mayOnlyAccessLayers("threads", "sql", "room", "identity", "protocol", "tracing", "metrics", "settings")
                .whereLayer("lease").mayOnlyAccessLayers("threads", "sql", "settings")
                .whereLayer("lease").mayOnlyBeAccessedByLayers("evidence", "file", "content", "document", "call", "notify", "jms",
                        "imports", "export", "hold", "scim", "analytics", "moderation", "erasure", "application", "administration", "rest",
                        "ops")
                .whereLayer("health").mayOnlyAccessLayers("threads", "journal", "identity", "protocol", "metrics", "settings")
                .whereLayer("health").mayOnlyBeAccessedByLayers("feature", "evidence", "file", "content", "document", "call", "search",
                        "notify", "preview", "outlet", "hook", "jms", "bot", "schedule", "imports", "export", "scim", "hold", "analytics",
                        "announcement", "moderation", "erasure", "bus", "application", "administration", "socket", "rest", "ops")
                .whereLayer("feature").mayOnlyAccessLayers("audit", "sql", "health", "protocol", "settings")
                .whereLayer("feature").mayOnlyBeAccessedByLayers("hub", "search", "notify", "preview", "hook", "jms", "schedule", "ops",
                        "socket", "rest")
                .whereLayer("audit").mayOnlyAccessLayers("sql", "journal", "identity", "protocol", "metrics", "settings")
                .whereLayer("evidence").mayOnlyAccessLayers("threads", "sql", "verify", "audit", "health", "lease", "journal", "room",
                        "protocol", "metrics", "settings")
                .whereLayer("evidence").mayOnlyBeAccessedByLayers("jms", "rest")
                .whereLayer("people").mayOnlyAccessLayers("threads", "sql", "identity", "audit", "protocol", "settings")
                .whereLayer("file").mayOnlyAccessLayers("threads", "sql", "people", "journal", "lease", "health", "room", "identity",
                        "protocol", "metrics", "settings")
                .whereLayer("file").mayOnlyBeAccessedByLayers("emoji", "content", "preview", "imports", "hold", "export", "moderation",
                        "rest")
                .whereLayer("extract").mayNotAccessAnyLayer()
                .whereLayer("extract").mayOnlyBeAccessedByLayers("content")
                .whereLayer("content").mayOnlyAccessLayers("threads", "sql", "lease", "extract", "health", "file", "room", "protocol",
                        "metrics", "settings")
                .whereLayer("content").mayOnlyBeAccessedByLayers("search")
                .whereLayer("emoji").mayOnlyAccessLayers("sql", "file", "audit", "protocol")
                .whereLayer("emoji").mayOnlyBeAccessedByLayers("message", "imports", "rest", "ops")
                .whereLayer("message")
                .mayOnlyAccessLayers("emoji", "threads", "sql", "journal", "room", "identity", "people", "protocol", "settings")
                .whereLayer("reading").mayOnlyAccessLayers("threads", "sql", "message", "people", "journal", "room", "identity", "protocol",
                        "metrics", "settings")
                .whereLayer("watch").mayOnlyAccessLayers("threads", "hub", "reading", "people", "journal", "room", "identity", "protocol",
                        "metrics", "settings")
                .whereLayer("hub").mayOnlyAccessLayers("threads", "limits", "reading", "message", "people", "feature", "journal", "room",
                        "identity", "protocol", "metrics", "settings")
                .whereLayer("document").mayOnlyAccessLayers("threads", "sql", "hub", "health", "lease", "people", "journal", "room",
                        "identity", "protocol", "metrics", "settings")
                .whereLayer("document").mayOnlyBeAccessedByLayers("search", "bus", "socket", "rest")
                .whereLayer("call").mayOnlyAccessLayers("threads", "sql", "hub", "health", "lease", "people", "journal", "room",
                        "identity", "protocol", "metrics", "settings")
                .whereLayer("call").mayOnlyBeAccessedByLayers("bus", "socket", "rest")
                .whereLayer("search").mayOnlyAccessLayers("threads", "hub", "content", "document", "message", "health", "feature",
                        "journal", "room", "identity", "protocol", "metrics", "settings")
                .whereLayer("search").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("notify").mayOnlyAccessLayers("threads", "sql", "watch", "reading", "people", "hub", "outgoing", "health",
                        "feature", "lease", "journal", "room", "identity", "protocol", "metrics", "settings")
                .whereLayer("outgoing").mayOnlyAccessLayers("settings")
                .whereLayer("outgoing").mayOnlyBeAccessedByLayers("notify", "preview", "hook")
                .whereLayer("preview").mayOnlyAccessLayers("threads", "sql", "outgoing", "health", "feature", "file", "message", "journal",
                        "room", "identity", "protocol", "metrics", "settings")
                .whereLayer("preview").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("outlet").mayOnlyAccessLayers("threads", "sql", "health", "journal", "room", "protocol", "metrics", "settings")
                .whereLayer("outlet").mayOnlyBeAccessedByLayers("hook", "jms", "rest")
                .whereLayer("hook").mayOnlyAccessLayers("threads", "sql", "outlet", "outgoing", "message", "people", "limits", "audit",
                        "health", "feature", "journal", "room", "identity", "protocol", "settings")
                .whereLayer("hook").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("jms").mayOnlyAccessLayers("threads", "evidence", "outlet", "application", "lease", "health", "feature",
                        "journal", "room", "protocol", "metrics", "settings")
                .whereLayer("jms").mayNotBeAccessedByAnyLayer()
                .whereLayer("bot").mayOnlyAccessLayers("threads", "sql", "watch", "message", "people", "audit", "health", "journal", "room",
                        "identity", "protocol", "metrics")
                .whereLayer("bot").mayOnlyBeAccessedByLayers("socket", "stream", "rest")
                .whereLayer("schedule").mayOnlyAccessLayers("threads", "sql", "notify", "message", "people", "limits", "health", "feature",
                        "journal", "room", "identity", "protocol", "metrics", "settings")
                .whereLayer("schedule").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("imports").mayOnlyAccessLayers("sql", "emoji", "file", "people", "audit", "health", "lease",
                        "journal", "room", "identity", "protocol", "settings")
                .whereLayer("imports").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("export").mayOnlyAccessLayers("sql", "notify", "reading", "file", "people", "audit", "health",
                        "lease", "journal", "room", "protocol", "settings")
                .whereLayer("export").mayOnlyBeAccessedByLayers("hold", "rest")
                .whereLayer("scim").mayOnlyAccessLayers("sql", "people", "health", "lease", "journal", "room", "identity",
                        "protocol", "settings")
                .whereLayer("scim").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("hold").mayOnlyAccessLayers("sql", "export", "file", "people", "audit", "health", "lease", "journal",
                        "room", "identity", "protocol", "settings")
                .whereLayer("hold").mayOnlyBeAccessedByLayers("erasure", "rest")
                .whereLayer("analytics").mayOnlyAccessLayers("sql", "lease", "health", "identity", "metrics", "settings")
                .whereLayer("analytics").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("installation").mayOnlyAccessLayers("sql", "people", "audit", "journal", "room", "identity", "protocol")
                .whereLayer("installation").mayOnlyBeAccessedByLayers("rest", "ops")
                .whereLayer("announcement").mayOnlyAccessLayers("threads", "sql", "watch", "audit", "health", "protocol")
                .whereLayer("announcement").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("moderation").mayOnlyAccessLayers("sql", "people", "file", "message", "audit", "health", "lease", "journal",
                        "room", "identity", "protocol", "settings")
                .whereLayer("moderation").mayOnlyBeAccessedByLayers("rest", "ops")
                .whereLayer("erasure").mayOnlyAccessLayers("sql", "hold", "people", "audit", "health", "lease", "journal",
                        "room", "identity", "protocol", "settings")
                .whereLayer("erasure").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("administration").mayOnlyAccessLayers("threads", "sql", "hub", "people", "health", "lease", "protocol",
                        "settings")
                .whereLayer("administration").mayOnlyBeAccessedByLayers("rest")
                .whereLayer("bus").mayOnlyAccessLayers("threads", "limits", "document", "call", "watch", "reading", "hub", "health",
                        "journal", "room", "identity", "protocol", "metrics", "settings")
                .whereLayer("bus").mayNotBeAccessedByAnyLayer()
                .whereLayer("application").mayOnlyAccessLayers("threads", "sql", "lease", "health", "message", "journal", "room",
                        "identity", "protocol", "metrics")
                .whereLayer("application").mayOnlyBeAccessedByLayers("jms")
                .whereLayer("stomp").mayOnlyAccessLayers("threads", "hub", "identity", "protocol")
                .whereLayer("stomp").mayOnlyBeAccessedByLayers("socket")
                .whereLayer("http").mayOnlyAccessLayers("threads", "settings", "protocol")
                .whereLayer("http").mayOnlyBeAccessedByLayers("socket", "stream", "rest")
                .whereLayer("socket").mayOnlyBeAccessedByLayers("stream", "rest")
                .whereLayer("stream").mayNotBeAccessedByAnyLayer()
                .whereLayer("rest").mayNotBeAccessedByAnyLayer()
                .whereLayer("ops").mayNotBeAccessedByAnyLayer()
                .whereLayer("client").mayNotAccessAnyLayer()
                .whereLayer("client").mayNotBeAccessedByAnyLayer()
                .whereLayer("api").mayNotAccessAnyLayer()
                .whereLayer("api").mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitectureIgnoring("parley")
                .check(PRODUCT);
    }

    @Test
    void onePackageKnowsHowMetricsAreKept() {
        noClasses().that().resideOutsideOfPackage("parley.metrics").should().dependOnClassesThat().resideInAPackage("io.prometheus..")
                .check(PRODUCT);
    }

    @Test
    void oneClassNeedsOpenTelemetry() {
        noClasses().that().doNotHaveFullyQualifiedName("parley.tracing.OpenTelemetryTraces")
                .and().haveNameNotMatching("parley\\.tracing\\.OpenTelemetryTraces\\$.*")
                .should().dependOnClassesThat().resideInAPackage("io.opentelemetry..").check(PRODUCT);
    }

    @Test
    void onePackageKnowsTheSearchIndex() {
        noClasses().that().resideOutsideOfPackage("parley.search").should().dependOnClassesThat().resideInAPackage("org.apache.lucene..")
                .check(PRODUCT);
    }

    // Payara's interceptor of @Transactional can leave a thread without the right to use one.
    @Test
    void theContainerBeginsEachTransaction() {
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("jakarta.transaction.UserTransaction").check(PRODUCT);
    }

    @Test
    void clientNeedsOnlyTheJdkAndJackson() {
        classes().that().resideInAPackage("parley.client").should().onlyDependOnClassesThat()
                .resideInAnyPackage("parley.client", "java..", "javax.net.ssl", "tools.jackson..").check(PRODUCT);
    }

    @Test
    void verifierNeedsOnlyTheJdk() {
        classes().that().resideInAPackage("parley.verify").should().onlyDependOnClassesThat()
                .resideInAnyPackage("parley.verify", "java..").check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("parley.(*)..").should().beFreeOfCycles().check(PRODUCT);
    }
}

package parley.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import parley.health.DatabaseWatch;
import parley.protocol.CallCommand;
import parley.protocol.Command;
import parley.protocol.DocumentCommand;
import parley.protocol.Feature;
import parley.protocol.MessageCommand;
import parley.protocol.Problem;
import parley.settings.Settings;

/**
 * The features of this deployment: what its settings allow, without what administrators switched off. Safe for every thread; never blocks.
 */
@ApplicationScoped
public class Features {

    private Settings settings;
    private DatabaseWatch database;
    private volatile Set<Feature> switchedOff = Set.of();

    /** For the container's proxy. */
    protected Features() {
    }

    @Inject
    Features(Settings settings, DatabaseWatch database) {
        this.settings = settings;
        this.database = database;
    }

    /** The features that are switched on, in their order. */
    public List<Feature> on() {
        return Stream.of(Feature.values()).filter(this::isOn).toList();
    }

    /** Whether this feature is on now. The answer may change at any time. */
    public boolean isOn(Feature feature) {
        return isAllowed(feature) && !switchedOff.contains(feature);
    }

    /** Takes over which features administrators switched off. Returns whether that changes what is on. */
    boolean switchOff(Set<Feature> off) {
        List<Feature> before = on();
        switchedOff = Set.copyOf(off);
        return !before.equals(on());
    }

    /**
     * Whether the settings allow this feature, so that it may be on now or later. What only begins at the start of an instance asks this.
     */
    public boolean isAllowed(Feature feature) {
        return switch (feature) {
            case EDIT -> settings.features().edit();
            case REACTIONS -> settings.features().reactions();
            case THREADS -> settings.features().threads();
            case PINS -> settings.features().pins();
            case READ -> settings.features().read();
            case DIRECT -> settings.features().direct();
            case PEOPLE -> settings.features().people();
            case FILES -> settings.features().files();
            case SEARCH -> settings.features().search();
            case NOTIFICATIONS -> settings.features().notifications();
            case PREVIEWS -> settings.features().previews();
            case DOCUMENTS -> settings.features().documents();
            case CALLS -> settings.features().calls();
            case HOOKS -> settings.features().hooks();
            case SCHEDULE -> settings.features().schedule();
        };
    }

    /**
     * Refuses a command of a feature that is switched off. During an upgrade, refuses commands for now whose events an instance of an older
     * version could not read.
     */
    public Optional<Problem> refusal(Command command) {
        // People leave a call that began before its feature was switched off.
        return command.features().stream().filter(feature -> !(command instanceof CallCommand.Leave ? isAllowed(feature) : isOn(feature)))
                .min(Comparator.naturalOrder()).map(Problem::unsupported)
                .or(() -> storesNewKinds(command) && !database.areEventsReadByAll()
                        || carriesFiles(command) && !database.areFilesReadByAll()
                        || command instanceof MessageCommand.Unpreview && !arePreviewsReadByAll() ? Optional.of(olderVersion())
                        : Optional.empty())
                .or(() -> command instanceof DocumentCommand ? changingDocuments() : Optional.empty())
                .or(() -> command instanceof CallCommand && !database.areCallsReadByAll() ? Optional.of(olderVersion())
                        : Optional.empty());
    }

    /** Whether every running instance can read the events that have previews of links. */
    public boolean arePreviewsReadByAll() {
        return database.arePreviewsReadByAll();
    }

    /** Refuses changes of documents while the feature is off, or while a running instance of an older version can't read their events. */
    public Optional<Problem> changingDocuments() {
        return refusal(Feature.DOCUMENTS).or(() -> database.areDocumentsReadByAll() ? Optional.empty() : Optional.of(olderVersion()));
    }

    /** Refuses requests of a feature that is switched off. */
    public Optional<Problem> refusal(Feature feature) {
        return isOn(feature) ? Optional.empty() : Optional.of(Problem.unsupported(feature));
    }

    /** Refuses to open a direct room while the feature is off, or while an instance of an older version could not read the room. */
    public Optional<Problem> openingDirectRoom() {
        return refusal(Feature.DIRECT).or(() -> database.areEventsReadByAll() ? Optional.empty() : Optional.of(olderVersion()));
    }

    private static Problem olderVersion() {
        return Problem.unavailable("An instance of an older version is still running.");
    }

    private static boolean carriesFiles(Command command) {
        return command instanceof MessageCommand.Post post && !post.files().isEmpty()
                || command instanceof MessageCommand.Edit edit && edit.files().isPresent();
    }

    private static boolean storesNewKinds(Command command) {
        return command instanceof MessageCommand && !(command instanceof MessageCommand.Post);
    }
}

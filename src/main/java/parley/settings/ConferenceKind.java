package parley.settings;

import java.util.Locale;

/** The products that hold conferences of more people than a call has. */
public enum ConferenceKind {
    /** Jitsi Meet with token authentication. */
    JITSI,
    /** LiveKit, with a page for meetings such as LiveKit Meet. */
    LIVEKIT;

    /** The name in the settings. */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}

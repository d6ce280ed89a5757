package parley.settings;

import static parley.settings.Setting.choice;
import static parley.settings.Setting.text;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The conference server, which takes over when a call is full.
 *
 * @param url of its page for meetings, with a slash at the end; empty without a conference server
 * @param server the address of LiveKit itself; empty for Jitsi
 * @param key the id of Parley there
 * @param secret that belongs to the key; empty without a conference server
 */
public record ConferenceSettings(ConferenceKind kind, String url, String server, String key, String secret) {

    /** RFC 7518, section 3.2: a key of HS256 has 32 bytes at least. */
    private static final int SHORTEST_SECRET = 32;
    private static final Pattern PAGE = Pattern.compile("https://[A-Za-z0-9.:-]{1,253}/([A-Za-z0-9._~-]+/)*");
    private static final Pattern SERVER = Pattern.compile("wss://[A-Za-z0-9.:-]{1,253}(/[A-Za-z0-9._~/-]*)?");

    static ConferenceSettings read(Reading in) {
        return new ConferenceSettings(
                in.read(choice("parley.conference.kind", ConferenceKind.JITSI, List.of(ConferenceKind.values()), ConferenceKind::written,
                        "What the conference server is.")),
                in.read(text("parley.conference.url", "", url -> url.isEmpty() || PAGE.matcher(url).matches(),
                        "a URL such as `https://meet.example.com/`, with a slash at the end",
                        "The page for meetings of a conference server. When a call is full, the chat offers to continue there. Parley "
                        + "makes the token with which a person enters. Without it, a full call is only refused.")),
                in.read(text("parley.conference.server", "", url -> url.isEmpty() || SERVER.matcher(url).matches(),
                        "a URL such as `wss://livekit.example.com`",
                        "The address of LiveKit itself, which its page connects to. Jitsi needs none.")),
                in.read(text("parley.conference.key", "", key -> key.matches("[!-~]{0,200}"), "up to 200 visible ASCII characters",
                        "The API key of LiveKit, or `app_id` of Jitsi.")),
                in.read(text("parley.conference.secret", "", secret -> secret.isEmpty() || secret.length() >= SHORTEST_SECRET,
                        "at least 32 characters",
                        "The API secret of LiveKit, or `app_secret` of Jitsi. Without it, there are no tokens.")));
    }

    /** Whether a conference server is configured. */
    public boolean isComplete() {
        return !url.isEmpty() && !key.isEmpty() && !secret.isEmpty() && (kind == ConferenceKind.JITSI || !server.isEmpty());
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "ConferenceSettings[kind=" + kind + ", url=" + url + ", server=" + server + ", key=" + key + "]";
    }
}

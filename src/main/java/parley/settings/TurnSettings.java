package parley.settings;

import static parley.settings.Setting.list;
import static parley.settings.Setting.seconds;
import static parley.settings.Setting.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The TURN server that relays calls.
 *
 * @param urls for browsers; empty without a TURN server
 * @param secret that the TURN server knows too; empty without a TURN server
 * @param lifetime of the credentials of a person
 */
public record TurnSettings(List<String> urls, String secret, Duration lifetime) {

    private static final Pattern URL = Pattern.compile("(stuns?|turns?):[A-Za-z0-9.:\\[\\]-]{1,255}(\\?transport=(udp|tcp))?");

    static TurnSettings read(Reading in) {
        return new TurnSettings(
                in.read(list("parley.turn.urls", url -> Optional.of(url).filter(text -> URL.matcher(text).matches()),
                        "URLs such as `turn:turn.example.com:3478, turns:turn.example.com:5349?transport=tcp`, with commas between",
                        "The TURN server that relays calls where two browsers can't reach each other. Without it, calls work only "
                        + "between browsers that can.")),
                in.read(text("parley.turn.secret", "", secret -> true, "a text",
                        "The secret that the TURN server shares with Parley: `static-auth-secret` of coturn. Without it, there are no "
                        + "credentials, and `GET turn` answers 404.")),
                in.read(seconds("parley.turn.lifetime", 43_200, 60, 604_800,
                        "How long the credentials that a person gets are valid. A call that lasts longer gets others.")));
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "TurnSettings[urls=" + urls + ", lifetime=" + lifetime + "]";
    }
}

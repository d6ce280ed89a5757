package parley.settings;

import static parley.settings.Setting.hours;
import static parley.settings.Setting.list;
import static parley.settings.Setting.number;
import static parley.settings.Setting.seconds;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which receivers webhooks may have, and how they are tried.
 *
 * @param allowedHosts in lower case, each with or without a port
 * @param perRoom the most outgoing hooks of a room, and the most incoming ones
 * @param threads that hand events over
 * @param timeout of one request
 * @param patience after how long without a success a webhook is disabled
 */
public record HookSettings(List<String> allowedHosts, int perRoom, int threads, Duration timeout, Duration patience) {

    private static final Pattern HOST = Pattern.compile("([a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[0-9]{1,5})?");

    static HookSettings read(Reading in) {
        return new HookSettings(
                in.read(list("parley.hooks.allowed-hosts", host -> Optional.of(host.toLowerCase(Locale.ROOT))
                        .filter(text -> HOST.matcher(text).matches()), "hosts such as `ci.example.com` or `ci.example.com:8080`, with "
                        + "commas between", "Receivers of webhooks that may have any address, port and scheme. All others must be public, "
                        + "with https on port 443.")),
                in.read(number("parley.hooks.per-room", 10, 1, 1_000, "hooks",
                        "The most outgoing hooks of a room, and the most incoming ones. Adding a further one is refused as `conflict`.")),
                in.read(number("parley.hooks.threads", 16, 4, 256, "threads",
                        "Threads that hand events over. At most half of them wait for receivers that fail, and a quarter for one host.")),
                in.read(seconds("parley.hooks.timeout-seconds", 10, 1, 60,
                        "A request to a receiver that takes longer has failed.")),
                in.read(hours("parley.hooks.give-up-hours", 24, 1, 720,
                        "A webhook that fails for this time is disabled, and the one who added it gets a message.")));
    }
}

package parley.settings;

import static parley.settings.Setting.choice;
import static parley.settings.Setting.list;
import static parley.settings.Setting.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Provisioning of people and groups over SCIM.
 *
 * @param token of the company's directory; empty if SCIM is off
 * @param userId which attribute of a user is the user id here
 * @param rules which groups fill which rooms
 */
public record ScimSettings(String token, UserId userId, List<Rule> rules) {

    private static final int SHORTEST_TOKEN = 32;

    /** The attribute that is the user id here. */
    public enum UserId {
        USER_NAME("userName"), EXTERNAL_ID("externalId");

        private final String written;

        UserId(String written) {
            this.written = written;
        }

        String written() {
            return written;
        }
    }

    /** Members of groups whose name fits the pattern are members of the room. */
    public record Rule(Pattern group, String room) {

        private static final Pattern WRITTEN = Pattern.compile("([^=,]{1,100})=([A-Za-z0-9_-]{1,64})");

        static Optional<Rule> of(String written) {
            return Optional.of(WRITTEN.matcher(written)).filter(Matcher::matches)
                    .map(rule -> new Rule(pattern(rule.group(1).strip()), rule.group(2)));
        }

        private static Pattern pattern(String group) {
            return Pattern.compile(Pattern.quote(group).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        }

        // Patterns have no equality of their own.
        @Override
        public String toString() {
            return group.pattern().replace("\\E.*\\Q", "*").replace("\\Q", "").replace("\\E", "") + "=" + room;
        }
    }

    static ScimSettings read(Reading in) {
        return new ScimSettings(
                in.read(text("parley.scim.token", "", token -> token.isEmpty() || token.matches("[!-~]{" + SHORTEST_TOKEN + ",1000}"),
                        SHORTEST_TOKEN + " to 1,000 visible ASCII characters",
                        "Bearer token of the company's directory for [SCIM](scim.md). Set it through an environment variable or a password "
                        + "alias. Without it, SCIM is off and its addresses answer 404.")),
                in.read(choice("parley.scim.user-id", UserId.USER_NAME, List.of(UserId.values()), UserId::written,
                        "Which attribute of a SCIM user is the user id here, which is the `sub` of tokens.")),
                in.read(list("parley.scim.rooms", Rule::of, "rules such as `Sales*=sales, All staff=general`, with commas between",
                        "Members of groups whose name fits the pattern, in which `*` stands for any characters, are members of the room.")));
    }

    /** Whether SCIM is on. */
    public boolean isOn() {
        return !token.isEmpty();
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "ScimSettings[on=" + isOn() + ", userId=" + userId + ", rules=" + rules + "]";
    }
}

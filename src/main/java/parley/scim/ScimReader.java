package parley.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parley.protocol.TextRules;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads one body of a SCIM request. Attributes that Parley has no use for are passed over, because directories send all that they have. It
 * keeps the first fault and continues with harmless values; ask for {@link #problem} at the end. For one thread and one use.
 */
public final class ScimReader {

    private static final int DEEPEST = 16;
    private static final int LONGEST_NAME = 255;
    private static final int MOST_OPERATIONS = 100;
    private static final int MOST_MEMBERS = 5_000;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(32).build()).build()).build();
    private static final Pattern ONE_MEMBER = Pattern.compile("(?i)members\\[\\s*value\\s+eq\\s+\"([^\"]{1,64})\"\\s*]");
    private static final Pattern SCHEMA = Pattern.compile("(?i)urn:ietf:params:scim:schemas:core:2\\.0:(User|Group):");

    private final JsonNode body;
    private ScimProblem problem;

    /** Reads this text. */
    public ScimReader(String text) {
        JsonNode read = null;
        try {
            read = JSON.readTree(text);
        } catch (JacksonException malformed) {
            // Refused below.
        }
        if (read == null || !read.isObject()) {
            wrong(ScimProblem.syntax("The body must be one JSON object."));
            read = JsonNodeFactory.instance.objectNode();
        }
        body = read;
    }

    /** The first fault. */
    public Optional<ScimProblem> problem() {
        return Optional.ofNullable(problem);
    }

    private void wrong(ScimProblem found) {
        problem = problem == null ? found : problem;
    }

    /** A whole user. */
    public UserChange user() {
        UserChange user = user(body);
        if (user.userName().isEmpty()) {
            wrong(ScimProblem.value("`userName` is missing."));
        }
        return user;
    }

    private UserChange user(JsonNode attributes) {
        JsonNode name = attributes.path("name");
        String full = (name.path("givenName").asString("") + " " + name.path("familyName").asString("")).strip();
        Optional<String> displayName = Stream.of(line(attributes, "displayName"), line(name, "formatted"),
                Optional.of(full).filter(given -> !given.isEmpty())).flatMap(Optional::stream).findFirst();
        return new UserChange(line(attributes, "userName"), line(attributes, "externalId"), displayName, flag(attributes.path("active")));
    }

    /** Changes of a user. */
    public UserChange userChanges() {
        UserChange all = UserChange.NONE;
        for (JsonNode operation : operations()) {
            all = all.and(change(operation, this::userChange));
        }
        return all;
    }

    private UserChange userChange(String path, JsonNode operation) {
        JsonNode value = operation.path("value");
        boolean removes = isRemoval(operation);
        return switch (path.toLowerCase(Locale.ROOT)) {
            case "" -> user(value);
            case "active" -> user(removes ? object("active", JsonNodeFactory.instance.booleanNode(false)) : object("active", value));
            case "username" -> removes ? refused("`userName` can't be removed.") : user(object("userName", value));
            case "externalid" -> removes ? UserChange.NONE : user(object("externalId", value));
            case "displayname", "name.formatted" -> removes ? UserChange.NONE : user(object("displayName", value));
            // Attributes without a use here.
            default -> UserChange.NONE;
        };
    }

    private UserChange refused(String detail) {
        wrong(ScimProblem.value(detail));
        return UserChange.NONE;
    }

    /** A whole group: its members are exactly those of the body. */
    public GroupChange group() {
        GroupChange group = group(body);
        if (group.displayName().isEmpty()) {
            wrong(ScimProblem.value("`displayName` is missing."));
        }
        return group.and(GroupChange.of(GroupChange.Members.Kind.REPLACE, members(body.path("members"))));
    }

    private GroupChange group(JsonNode attributes) {
        return new GroupChange(line(attributes, "displayName"), line(attributes, "externalId"), List.of());
    }

    /** Changes of a group. */
    public GroupChange groupChanges() {
        GroupChange all = GroupChange.NONE;
        for (JsonNode operation : operations()) {
            all = all.and(change(operation, this::groupChange));
        }
        return all;
    }

    private GroupChange groupChange(String path, JsonNode operation) {
        JsonNode value = operation.path("value");
        GroupChange.Members.Kind kind = GroupChange.Members.Kind.valueOf(operation.path("op").asString("").toUpperCase(Locale.ROOT));
        Matcher one = ONE_MEMBER.matcher(path);
        if (one.matches()) {
            if (kind == GroupChange.Members.Kind.REPLACE) {
                // It would be about this member alone, and must not remove the others.
                wrong(ScimProblem.path("One member can be added and removed. Replace `members` as a whole."));
                return GroupChange.NONE;
            }
            return GroupChange.of(kind, List.of(one.group(1)));
        }
        return switch (path.toLowerCase(Locale.ROOT)) {
            case "" -> value.has("members") ? group(value).and(GroupChange.of(kind, members(value.get("members")))) : group(value);
            // Without a value, all members are removed.
            case "members" -> isRemoval(operation) && members(value).isEmpty() ? GroupChange.of(GroupChange.Members.Kind.REPLACE, List.of())
                    : GroupChange.of(kind, members(value));
            case "displayname" -> group(object("displayName", value));
            case "externalid" -> group(object("externalId", value));
            default -> {
                wrong(ScimProblem.path("A group has `displayName`, `externalId` and `members`."));
                yield GroupChange.NONE;
            }
        };
    }

    private <T> T change(JsonNode operation, BiFunction<String, JsonNode, T> change) {
        return change.apply(SCHEMA.matcher(operation.path("path").asString("")).replaceFirst("").strip(), operation);
    }

    private List<JsonNode> operations() {
        JsonNode operations = body.path("Operations");
        List<JsonNode> all = new ArrayList<>();
        operations.forEach(all::add);
        boolean known = all.stream().allMatch(operation -> List.of("add", "remove", "replace")
                .contains(operation.path("op").asString("").toLowerCase(Locale.ROOT)));
        if (!operations.isArray() || all.isEmpty() || all.size() > MOST_OPERATIONS || !known) {
            wrong(ScimProblem.syntax("`Operations` must be a list of 1 to " + MOST_OPERATIONS + " changes with `op` add, remove or "
                    + "replace."));
            return List.of();
        }
        return all;
    }

    private static boolean isRemoval(JsonNode operation) {
        return operation.path("op").asString("").equalsIgnoreCase("remove");
    }

    private static JsonNode object(String field, JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set(field, value);
    }

    private List<String> members(JsonNode list) {
        List<String> ids = new ArrayList<>();
        for (JsonNode member : list.isObject() ? List.of(list) : list) {
            String id = member.path("value").asString("");
            if (id.isEmpty() || !TextRules.isStorable(id)) {
                wrong(ScimProblem.value("A member has a `value`, the id of a user."));
            }
            ids.add(id);
        }
        if (ids.size() > MOST_MEMBERS) {
            wrong(ScimProblem.value("A request has at most " + MOST_MEMBERS + " members."));
        }
        return ids;
    }

    private Optional<String> line(JsonNode attributes, String name) {
        JsonNode value = attributes.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.asString("").strip();
        if (!value.isString() || text.isEmpty() || text.length() > LONGEST_NAME || !TextRules.isStorable(text)
                || text.chars().anyMatch(Character::isISOControl)) {
            wrong(ScimProblem.value("`" + name + "` must be a text of 1 to " + LONGEST_NAME + " characters."));
            return Optional.empty();
        }
        return Optional.of(text);
    }

    // Some directories write it as a text.
    private Optional<Boolean> flag(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.asString("").toLowerCase(Locale.ROOT);
        if (value.isBoolean() || text.equals("true") || text.equals("false")) {
            return Optional.of(value.isBoolean() ? value.booleanValue() : text.equals("true"));
        }
        wrong(ScimProblem.value("`active` must be true or false."));
        return Optional.empty();
    }
}

package parley.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.protocol.Codec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form that a signed token must have before its signature is checked: three parts in canonical base64url (RFC 7515 section 2, RFC
 * 4648 section 3.5), the first two being JSON objects without duplicate names, and valid times. Libraries are lenient here, so one token
 * would have several spellings, and some malformed tokens make them throw undeclared exceptions.
 */
final class TokenShape {

    private static final int PARTS = 3;
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]*");
    private static final List<String> NEVER_NULL = List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "groups", "name");
    private static final List<String> TIMES = List.of("exp", "nbf", "iat");
    // The last second of the year 9999: later ones overflow dates somewhere.
    private static final double LAST_SECOND = 253_402_300_799.0;

    private TokenShape() {
    }

    /** What is wrong with the form, without any part of the token. */
    static Optional<String> fault(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.of("not a JWT");
        }
        Optional<ObjectNode> header = json(parts[0]);
        Optional<ObjectNode> claims = json(parts[1]);
        if (header.isEmpty() || claims.isEmpty() || decoded(parts[2]).isEmpty()) {
            return Optional.of("not a JWT");
        }
        // RFC 7515 section 4.1.11: a token with an unknown critical extension is refused, and none is known here.
        if (header.get().has("crit")) {
            return Optional.of("has a critical extension");
        }
        return fault(claims.get());
    }

    private static Optional<String> fault(ObjectNode claims) {
        if (NEVER_NULL.stream().anyMatch(name -> claims.has(name) && claims.get(name).isNull())) {
            return Optional.of("a claim is null");
        }
        if (!TIMES.stream().allMatch(name -> !claims.has(name) || isTime(claims.get(name)))) {
            return Optional.of("a time is not valid");
        }
        // The library would accept a number.
        if (claims.has("sub") && !claims.get("sub").isString()) {
            return Optional.of("sub is not a string");
        }
        JsonNode groups = claims.path("groups");
        boolean areNames = groups.isMissingNode() || groups.isArray() && groups.valueStream().allMatch(TokenShape::isGroup);
        return areNames ? Optional.empty() : Optional.of("groups is not a list of names");
    }

    private static boolean isTime(JsonNode value) {
        return value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= LAST_SECOND;
    }

    private static boolean isGroup(JsonNode group) {
        return group.isString() && group.stringValue().chars().noneMatch(Character::isISOControl);
    }

    private static Optional<ObjectNode> json(String part) {
        return decoded(part).flatMap(bytes -> Codec.object(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static Optional<byte[]> decoded(String part) {
        if (!PART.matcher(part).matches()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}

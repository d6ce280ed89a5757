package parley.kit;

import static parley.kit.Forger.byForeignKey;
import static parley.kit.Forger.withClaims;
import static parley.kit.Forger.withClaimsText;
import static parley.kit.Forger.withHeaderText;

import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Tokens that nobody may be let in with. Each is as true as it can be but for what its name says. */
public enum Forgery {
    NO_TOKEN_AT_ALL(() -> "not-a-token"),
    ALGORITHM_NONE(() -> Forger.unsigned("none")),
    ALGORITHM_NONE_CAPITALISED(() -> Forger.unsigned("None")),
    ALGORITHM_NONE_MIXED(() -> Forger.unsigned("nOnE")),
    /** RFC 8725 section 2.1. */
    HMAC_WITH_THE_PUBLIC_KEY(Forger::hmacWithPublicKey),
    /** CVE-2022-21449. */
    ZERO_SIGNATURE(Forger::zeroSignature),
    /** RFC 7518 section 4.8: a key that takes an hour to derive. */
    ENCRYPTED_BY_A_PASSWORD(Forger::encryptedByPassword),
    ALMOST_TOO_LONG(() -> withClaims(bob -> bob.claim("padding", "x".repeat(8_000)).expirationTime(hours(-1)))),
    CLAIMS_EXCHANGED(Forger::tampered),
    FOREIGN_KEY_UNDER_THE_ISSUERS_ID(() -> byForeignKey(UnaryOperator.identity())),
    FOREIGN_KEY_UNDER_NO_ID(() -> byForeignKey(header -> header.keyID(null))),
    FOREIGN_KEY_EMBEDDED(() -> byForeignKey(header -> header.jwk(Forger.foreignPublicKey()))),
    FOREIGN_KEY_AT_A_URL(() -> byForeignKey(header -> header.jwkURL(URI.create("http://localhost:1/keys")))),
    KEY_ID_A_PATH(() -> byForeignKey(header -> header.keyID("../../../../dev/null"))),
    KEY_ID_A_URL(() -> byForeignKey(header -> header.keyID("http://localhost:1/keys"))),
    KEY_ID_SQL(() -> byForeignKey(header -> header.keyID("' or '1'='1"))),
    ISSUER_ANOTHER(() -> withClaims(bob -> bob.issuer("https://issuer.example"))),
    ISSUER_MISSING(() -> withClaims(bob -> bob.issuer(null))),
    AUDIENCE_ANOTHER(() -> withClaims(bob -> bob.audience("another-application"))),
    AUDIENCE_MISSING(() -> withClaims(bob -> bob.audience((String) null))),
    EXPIRED(() -> withClaims(bob -> bob.expirationTime(hours(-1)))),
    EXPIRY_MISSING(() -> withClaims(bob -> bob.expirationTime(null))),
    NOT_VALID_YET(() -> withClaims(bob -> bob.notBeforeTime(hours(1)).expirationTime(hours(2)))),
    REFRESH_TOKEN(() -> withClaims(bob -> bob.claim("typ", "Refresh"))),
    SUBJECT_MISSING(() -> withClaims(bob -> bob.subject(null))),
    SUBJECT_EMPTY(() -> withClaims(bob -> bob.subject(""))),
    SUBJECT_WITH_CONTROLS(() -> withClaims(bob -> bob.subject("bob\nadmin"))),
    SUBJECT_TOO_LONG(() -> withClaims(bob -> bob.subject("b".repeat(256)))),
    SUBJECT_A_LIST(() -> withClaims(bob -> bob.claim("sub", List.of("bob")))),
    /** nimbus CVE-2025-53864. */
    CLAIMS_NESTED_DEEPLY(() -> withClaims(bob -> bob.claim("nested", nested(500)))),
    HEADER_NULL(() -> "bnVsbA.e30.bm9ib2R5LXNpZ25lZC10aGlz"),
    HEADER_WITH_A_KEY_OF_NO_PARTS(() -> "eyJhbGciOiJSUzI1NiIsImp3ayI6eyJrdHkiOiJSU0EiLCJuIjoiQVFBQiIsImUiOiJBUUFCIiwib3RoIjpbe31dfX0.e30.bm9ib2R5LXNpZ25lZC10aGF0"),
    SIGNED_HEADER_WITH_A_KEY_OF_NO_PARTS(() -> withHeaderText("\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"oth\":[{}]}")),
    CRITICAL_NOTHING(() -> withHeaderText("\"crit\":[]")),
    CRITICAL_UNKNOWN(() -> withHeaderText("\"crit\":[\"x\"],\"x\":1")),
    CRITICAL_NULL(() -> withHeaderText("\"crit\":null")),
    HEADER_NAMES_TWICE(() -> withHeaderText("\"alg\":\"RS256\"")),
    IN_ANOTHER_SPELLING(Forger::inAnotherSpelling),
    EXPIRY_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":null")),
    ISSUED_NULL(() -> withClaimsText("\"bob\"", "\"iat\":null,\"exp\":{soon}")),
    NOT_BEFORE_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"nbf\":null")),
    EXPIRY_BEYOND_64_BITS(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":18446744073709551616")),
    EXPIRY_THAT_OVERFLOWS_IN_MILLISECONDS(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":18446744073709552")),
    EXPIRY_A_HUGE_POWER(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":1e400")),
    ISSUED_A_STRING(() -> withClaimsText("\"bob\"", "\"iat\":\"{now}\",\"exp\":{soon}")),
    NOT_BEFORE_THAT_OVERFLOWS(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"nbf\":-18446744073709552")),
    SUBJECT_NULL(() -> withClaimsText("null", "\"iat\":{now},\"exp\":{soon}")),
    SUBJECT_A_NUMBER(() -> withClaimsText("7", "\"iat\":{now},\"exp\":{soon}")),
    CLAIMS_TWICE(() -> withClaimsText("\"alice\"", "\"sub\":\"bob\",\"iat\":{now},\"exp\":{soon}")),
    GROUP_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":[null]")),
    GROUPS_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":null")),
    GROUPS_A_STRING(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":\"parley-admin\"")),
    GROUP_IN_TWO_LINES(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":[\"a\\nparley-admin\"]")),
    /** RFC 7800: without proof of its key it is as good as stolen. */
    BOUND_TO_A_KEY(() -> withClaims(bob -> bob.claim("cnf", Map.of("x5t#S256", "AAAA")))),
    ID_TOKEN_BY_ITS_USE(() -> withClaims(bob -> bob.claim("token_use", "id"))),
    ;

    private final Supplier<String> token;

    Forgery(Supplier<String> token) {
        this.token = token;
    }

    /** Such a token, made now. */
    public String token() {
        return Secrets.token(token.get());
    }

    private static Date hours(int fromNow) {
        return Date.from(Instant.now().plusSeconds(3_600L * fromNow));
    }

    private static Object nested(int levels) {
        Object innermost = "deep";
        for (int i = 0; i < levels; i++) {
            innermost = Map.of("a", innermost);
        }
        return innermost;
    }
}

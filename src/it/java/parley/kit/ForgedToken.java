package parley.kit;

import static parley.kit.TokenMinter.byForeignKey;
import static parley.kit.TokenMinter.withClaims;
import static parley.kit.TokenMinter.withClaimsText;
import static parley.kit.TokenMinter.withHeaderText;

import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Tokens that the server must reject. Each is valid except for the defect in its name. */
public enum ForgedToken {
    NO_TOKEN_AT_ALL(() -> "not-a-token"),
    ALGORITHM_NONE(() -> TokenMinter.unsigned("none")),
    ALGORITHM_NONE_CAPITALISED(() -> TokenMinter.unsigned("None")),
    ALGORITHM_NONE_MIXED(() -> TokenMinter.unsigned("nOnE")),
    /** RFC 8725 section 2.1. */
    HMAC_WITH_THE_PUBLIC_KEY(TokenMinter::hmacWithPublicKey),
    /** CVE-2022-21449. */
    ZERO_SIGNATURE(TokenMinter::zeroSignature),
    /** RFC 7518 section 4.8: deriving the key would take an hour. */
    ENCRYPTED_BY_A_PASSWORD(TokenMinter::encryptedByPassword),
    EXPIRED_AND_ALMOST_TOO_LONG(() -> withClaims(bob -> bob.claim("padding", "x".repeat(8_000)).expirationTime(hoursFromNow(-1)))),
    CLAIMS_REPLACED(TokenMinter::tampered),
    FOREIGN_KEY_UNDER_THE_ISSUERS_ID(() -> byForeignKey(UnaryOperator.identity())),
    FOREIGN_KEY_UNDER_NO_ID(() -> byForeignKey(header -> header.keyID(null))),
    FOREIGN_KEY_EMBEDDED(() -> byForeignKey(header -> header.jwk(TokenMinter.foreignPublicKey()))),
    FOREIGN_KEY_AT_A_URL(() -> byForeignKey(header -> header.jwkURL(URI.create("http://localhost:1/keys")))),
    KEY_ID_A_PATH(() -> byForeignKey(header -> header.keyID("../../../../dev/null"))),
    KEY_ID_A_URL(() -> byForeignKey(header -> header.keyID("http://localhost:1/keys"))),
    KEY_ID_SQL(() -> byForeignKey(header -> header.keyID("' or '1'='1"))),
    WRONG_ISSUER(() -> withClaims(bob -> bob.issuer("https://issuer.example"))),
    MISSING_ISSUER(() -> withClaims(bob -> bob.issuer(null))),
    WRONG_AUDIENCE(() -> withClaims(bob -> bob.audience("another-application"))),
    MISSING_AUDIENCE(() -> withClaims(bob -> bob.audience((String) null))),
    EXPIRED(() -> withClaims(bob -> bob.expirationTime(hoursFromNow(-1)))),
    MISSING_EXPIRY(() -> withClaims(bob -> bob.expirationTime(null))),
    NOT_VALID_YET(() -> withClaims(bob -> bob.notBeforeTime(hoursFromNow(1)).expirationTime(hoursFromNow(2)))),
    REFRESH_TOKEN(() -> withClaims(bob -> bob.claim("typ", "Refresh"))),
    MISSING_SUBJECT(() -> withClaims(bob -> bob.subject(null))),
    SUBJECT_EMPTY(() -> withClaims(bob -> bob.subject(""))),
    SUBJECT_WITH_CONTROL_CHARACTERS(() -> withClaims(bob -> bob.subject("bob\nadmin"))),
    SUBJECT_TOO_LONG(() -> withClaims(bob -> bob.subject("b".repeat(256)))),
    SUBJECT_A_LIST(() -> withClaims(bob -> bob.claim("sub", List.of("bob")))),
    /** nimbus CVE-2025-53864. */
    CLAIMS_NESTED_DEEPLY(() -> withClaims(bob -> bob.claim("nested", nested(500)))),
    HEADER_NULL(() -> "bnVsbA.e30.bm9ib2R5LXNpZ25lZC10aGlz"),
    HEADER_WITH_INVALID_KEY(() ->
    "eyJhbGciOiJSUzI1NiIsImp3ayI6eyJrdHkiOiJSU0EiLCJuIjoiQVFBQiIsImUiOiJBUUFCIiwib3RoIjpbe31dfX0.e30.bm9ib2R5LXNpZ25lZC10aGF0"),
    SIGNED_HEADER_WITH_INVALID_KEY(() -> withHeaderText("\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"oth\":[{}]}")),
    CRITICAL_NOTHING(() -> withHeaderText("\"crit\":[]")),
    CRITICAL_UNKNOWN(() -> withHeaderText("\"crit\":[\"x\"],\"x\":1")),
    CRITICAL_NULL(() -> withHeaderText("\"crit\":null")),
    DUPLICATE_HEADER_FIELD(() -> withHeaderText("\"alg\":\"RS256\"")),
    NON_CANONICAL_BASE64(TokenMinter::nonCanonicalBase64),
    EXPIRY_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":null")),
    ISSUED_NULL(() -> withClaimsText("\"bob\"", "\"iat\":null,\"exp\":{soon}")),
    NOT_BEFORE_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"nbf\":null")),
    EXPIRY_BEYOND_64_BITS(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":18446744073709551616")),
    EXPIRY_THAT_OVERFLOWS_IN_MILLISECONDS(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":18446744073709552")),
    EXPIRY_WITH_HUGE_EXPONENT(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":1e400")),
    ISSUED_A_STRING(() -> withClaimsText("\"bob\"", "\"iat\":\"{now}\",\"exp\":{soon}")),
    NOT_BEFORE_THAT_OVERFLOWS(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"nbf\":-18446744073709552")),
    SUBJECT_NULL(() -> withClaimsText("null", "\"iat\":{now},\"exp\":{soon}")),
    SUBJECT_A_NUMBER(() -> withClaimsText("7", "\"iat\":{now},\"exp\":{soon}")),
    DUPLICATE_CLAIM(() -> withClaimsText("\"alice\"", "\"sub\":\"bob\",\"iat\":{now},\"exp\":{soon}")),
    GROUP_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":[null]")),
    GROUPS_NULL(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":null")),
    GROUPS_A_STRING(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":\"parley-admin\"")),
    GROUP_WITH_LINE_BREAK(() -> withClaimsText("\"bob\"", "\"iat\":{now},\"exp\":{soon},\"groups\":[\"a\\nparley-admin\"]")),
    /** RFC 7800: the bearer does not prove possession of the key. */
    BOUND_TO_A_KEY(() -> withClaims(bob -> bob.claim("cnf", Map.of("x5t#S256", "AAAA")))),
    ID_TOKEN_BY_ITS_USE(() -> withClaims(bob -> bob.claim("token_use", "id"))),
    ;

    private final Supplier<String> token;

    ForgedToken(Supplier<String> token) {
        this.token = token;
    }

    /** A new token of this kind. */
    public String token() {
        return Secrets.token(token.get());
    }

    private static Date hoursFromNow(int hours) {
        return Date.from(Instant.now().plusSeconds(3_600L * hours));
    }

    private static Object nested(int levels) {
        Object innermost = "deep";
        for (int i = 0; i < levels; i++) {
            innermost = Map.of("a", innermost);
        }
        return innermost;
    }
}

package parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;

/** The issuer's public keys, from where MicroProfile JWT's configuration says they are: inline or at a location. */
final class IssuerKeys {

    private static final int LARGEST = 1 << 20;

    private IssuerKeys() {
    }

    /** Keys at an http(s) location are cached and read anew as they rotate; all others are read once, now. */
    static JWKSource<SecurityContext> of(Optional<String> inline, Optional<String> location)
            throws IOException, JOSEException, ParseException {
        if (inline.isPresent()) {
            return new ImmutableJWKSet<>(parse(inline.get()));
        }
        String where = location.orElseThrow();
        if (where.startsWith("https:") || where.startsWith("http:")) {
            return JWKSourceBuilder.create(URI.create(where).toURL()).retrying(true).outageTolerant(true).build();
        }
        try (InputStream in = open(where)) {
            return new ImmutableJWKSet<>(parse(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8)));
        }
    }

    private static InputStream open(String where) throws IOException {
        if (where.startsWith("file:")) {
            return URI.create(where).toURL().openStream();
        }
        String name = where.startsWith("classpath:") ? where.substring("classpath:".length()) : where;
        InputStream in = Thread.currentThread().getContextClassLoader()
                .getResourceAsStream(name.startsWith("/") ? name.substring(1) : name);
        if (in == null) {
            throw new IOException("there is no resource " + where);
        }
        return in;
    }

    // PEM, a JWK set or a single JWK: the three forms that MicroProfile JWT 2.1 section 9.2 names.
    private static JWKSet parse(String keys) throws JOSEException, ParseException {
        String text = keys.strip();
        if (text.startsWith("-----")) {
            return new JWKSet(JWK.parseFromPEMEncodedObjects(text));
        }
        return text.contains("\"keys\"") ? JWKSet.parse(text).toPublicJWKSet()
                : new JWKSet(JWK.parse(text).toPublicJWK());
    }
}

package parley.rehearsal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.browser.IdentityProvider;

/** The variables of {@code parley.env}, filled in. */
final class Environment {

    private static final Pattern VARIABLE = Pattern.compile("(?m)^([A-Z_]+)=");

    private Environment() {
    }

    static Map<String, String> of(Machine machine, PostgreSql database, IdentityProvider issuer) {
        Map<String, String> values = Map.of("AS_JAVA", System.getProperty("java.home"), "PARLEY_DATABASE_URL", database.url(),
                "PARLEY_DATABASE_USER", "parley", "PARLEY_DATABASE_PASSWORD", PostgreSql.PASSWORD, "MP_JWT_VERIFY_ISSUER", issuer.issuer(),
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", issuer.keys(), "MP_JWT_VERIFY_AUDIENCES", IdentityProvider.CLIENT,
                "PARLEY_PROXIES", "127.0.0.1");
        Map<String, String> environment = new HashMap<>();
        Matcher variables = VARIABLE.matcher(Documents.read(Path.of("server-config/systemd/parley.env")));
        while (variables.find()) {
            Rehearsal.check(values.containsKey(variables.group(1)), "The rehearsal has no value for " + variables.group(1)
                    + " of parley.env");
            environment.put(variables.group(1), values.get(variables.group(1)));
        }
        // The bundled page's own sign-in.
        environment.put("PARLEY_OIDC_ISSUER", issuer.issuer());
        environment.put("PARLEY_OIDC_CLIENT_ID", IdentityProvider.CLIENT);
        return environment;
    }
}

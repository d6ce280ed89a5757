package parley.browser;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * An OpenID Connect provider (Spring Authorization Server) in this JVM, on a free loopback port. It has one public client, the bundled
 * page, which must use PKCE, and one user, alice. Its access tokens contain the claims that Parley needs.
 */
public final class IdentityProvider implements AutoCloseable {

    public static final String CLIENT = "parley-page";
    public static final String PASSWORD = "alice's password";

    private final Tomcat tomcat = new Tomcat();
    private final AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();

    private IdentityProvider(URI page) {
        try {
            tomcat.setBaseDir(Files.createTempDirectory("provider").toString());
            tomcat.setHostname("localhost");
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", null);
            // The filters answer every request, but they need a servlet behind them.
            Tomcat.addServlet(context, "nothing", new HttpServlet() { }).addMapping("/");
            spring.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("page", page));
            spring.register(Provider.class);
            context.addServletContainerInitializer((none, servlets) -> {
                spring.setServletContext(servlets);
                spring.refresh();
                servlets.addFilter("security", new DelegatingFilterProxy("springSecurityFilterChain", spring))
                        .addMappingForUrlPatterns(null, false, "/*");
            }, null);
            tomcat.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException("The provider did not start", e);
        }
    }

    /** Starts a provider that redirects people back to this page. */
    public static IdentityProvider of(URI page) {
        return new IdentityProvider(page);
    }

    /** The issuer identifier. */
    public String issuer() {
        return "http://localhost:" + tomcat.getConnector().getLocalPort();
    }

    /** The URL of the key set. */
    public String keys() {
        return issuer() + "/oauth2/jwks";
    }

    /** An access token for a user with these groups, valid for two hours. */
    @SuppressWarnings("unchecked")
    public String token(String user, String... groups) {
        JWKSource<SecurityContext> keys = spring.getBean(JWKSource.class);
        Instant now = Instant.now();
        return new NimbusJwtEncoder(keys)
                .encode(JwtEncoderParameters.from(JwtClaimsSet.builder().id(UUID.randomUUID().toString()).issuer(issuer())
                .audience(List.of(CLIENT)).subject(user).issuedAt(now).expiresAt(now.plus(Duration.ofHours(2))).claim("name", user)
                .claim("groups", List.of(groups)).build())).getTokenValue();
    }

    /** Stops answering requests. */
    void stopsAnswering() {
        try {
            tomcat.getConnector().stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException("The provider did not stop answering", e);
        }
    }

    /** Answers requests again. */
    void answersAgain() {
        try {
            tomcat.getConnector().start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("The provider did not start again", e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("The provider did not stop", e);
        } finally {
            spring.close();
        }
    }

    @Configuration
    @EnableWebSecurity
    static class Provider {

        @Bean
        @Order(1)
        SecurityFilterChain protocol(HttpSecurity http, CorsConfigurationSource origins) throws Exception {
            return http.oauth2AuthorizationServer(server -> {
                http.securityMatcher(server.getEndpointsMatcher());
                server.oidc(Customizer.withDefaults());
            }).authorizeHttpRequests(requests -> requests.anyRequest().authenticated()).cors(cors -> cors.configurationSource(origins))
                    .exceptionHandling(handling -> handling.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain login(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated()).formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(User.withUsername("alice").password("{noop}" + PASSWORD).authorities("staff").build());
        }

        @Bean
        RegisteredClientRepository clients(URI page) {
            return new InMemoryRegisteredClientRepository(RegisteredClient.withId(CLIENT).clientId(CLIENT)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri(page.toString()).postLogoutRedirectUri(page.toString()).scope("openid").scope("profile")
                    .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                    .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(5)).build()).build());
        }

        /** The claims that Parley needs in addition to the standard ones. */
        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return token -> token.getClaims().claims(claims -> claims.putAll(Map.of("name", "Alice Example", "groups",
                    token.getPrincipal().getAuthorities().stream().map(Object::toString).toList())));
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            RSAKey key = new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        /** Allows requests from Parley's origin. */
        @Bean
        CorsConfigurationSource origins(URI page) {
            CorsConfiguration parley = new CorsConfiguration();
            parley.setAllowedOrigins(List.of(page.getScheme() + "://" + page.getAuthority()));
            parley.setAllowedMethods(List.of("GET", "POST"));
            return request -> parley;
        }
    }
}

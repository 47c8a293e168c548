package org.azekura.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A provider on loopback that signs what a test has it say. It asks nobody who he is: the code is all that a browser brings back. */
final class FakeProvider implements AutoCloseable {

    private static final ECKey KEY = key();
    private static final ECKey ANOTHER = key();

    final HttpServer server;
    final String issuer;
    final Map<String, Object> said = new HashMap<>(Map.of("sub", "4711", "preferred_username", "Ann.Example", "name", "Ann Example", "groups", List.of("staff", "backup-admins")));
    UnaryOperator<JWTClaimsSet.Builder> lies = token -> token;
    boolean forges;
    boolean confirmsIssuer;
    /** What it says of itself in place of what is so. */
    final Map<String, String> described = new HashMap<>();
    /** Where it sends whoever asks for its description; null: nowhere. */
    URI elsewhere;
    /** What was sent for the last tokens. */
    Map<String, String> asked = Map.of();
    String authorization;
    private Map<String, String> login = Map.of();

    FakeProvider() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        answer("/.well-known/another", this::description);
        server.createContext("/.well-known/openid-configuration", exchange -> {
            if (!exchange.getRequestURI().getPath().equals("/.well-known/openid-configuration")) {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
            } else if (elsewhere == null) {
                send(exchange, description());
            } else {
                move(exchange, elsewhere);
            }
        });
        answer("/keys", () -> new JWKSet(KEY.toPublicJWK()).toString());
        server.createContext("/moved", exchange -> move(exchange, URI.create(issuer + "/keys")));
        server.createContext("/token", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            send(exchange, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + token() + "\"}");
        });
        server.start();
    }

    private String description() {
        Map<String, Object> said = new HashMap<>(Map.of("issuer", issuer, "authorization_endpoint", issuer + "/auth", "token_endpoint", issuer + "/token", "jwks_uri", issuer + "/keys",
                "end_session_endpoint", issuer + "/end", "subject_types_supported", List.of("public"), "response_types_supported", List.of("code"),
                "id_token_signing_alg_values_supported", List.of("ES256"), "authorization_response_iss_parameter_supported", confirmsIssuer));
        said.putAll(described);
        return JSONObjectUtils.toJSONString(said);
    }

    private static void move(HttpExchange exchange, URI to) throws IOException {
        exchange.getResponseHeaders().set("Location", to.toString());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private interface Said {
        String now();
    }

    private void answer(String path, Said said) {
        server.createContext(path, exchange -> send(exchange, said.now()));
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token() {
        try {
            JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(issuer).audience("azekura").issueTime(Date.from(Instant.now()))
                    .expirationTime(Date.from(Instant.now().plusSeconds(60))).claim("nonce", login.get("nonce"));
            said.forEach(claims::claim);
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), lies.apply(claims).build());
            token.sign(new ECDSASigner(forges ? ANOTHER : KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a browser that comes to this address is sent back with. @return the state */
    String arrives(URI address) {
        login = parameters(address.getRawQuery());
        return login.get("state");
    }

    String login(String parameter) {
        return login.get(parameter);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> found = new HashMap<>();
        for (String part : query.split("&")) {
            found.put(part.substring(0, part.indexOf('=')), URLDecoder.decode(part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

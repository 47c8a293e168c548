package org.azekura.access.sso;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.azekura.api.BackupException;
import org.azekura.api.access.OutwardSockets;

/** A provider as it describes itself, asked with the patience of seconds. Safe for any number of threads. */
public final class Provider {

    private static final int CONNECT_MS = 3_000;
    private static final int READ_MS = 5_000;
    private static final int KEYS_LIMIT = 1 << 20;
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    /** Those by key pairs: a provider's tokens are never checked by the client's secret. */
    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384,
            JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private final OIDCProviderMetadata metadata;
    private final ClientID client;
    private final String secret;
    private final OutwardSockets sockets;
    private final JWKSource<SecurityContext> keys;

    private Provider(OIDCProviderMetadata metadata, ClientID client, String secret, OutwardSockets sockets) throws IOException {
        this.sockets = sockets;
        this.metadata = metadata;
        this.client = client;
        this.secret = secret;
        this.keys = JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), new KeyRetriever(sockets)).refreshAheadCache(false).build();
    }

    /** Those of a provider's keys, from where its description says and nowhere else. */
    private static final class KeyRetriever extends DefaultResourceRetriever {

        KeyRetriever(OutwardSockets sockets) {
            super(CONNECT_MS, READ_MS, KEYS_LIMIT, true, sockets);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection line = super.openHTTPConnection(url);
            line.setInstanceFollowRedirects(false);
            return line;
        }
    }

    /**
     * @param secret null: none
     * @param local  whether it may be on this very machine, and then without TLS
     * @throws BackupException {@code sso.unreachable}, {@code sso.issuer}, {@code sso.local}
     */
    public static Provider discover(String issuer, String client, String secret, boolean local) throws BackupException {
        OutwardSockets sockets = new OutwardSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), () -> local);
        try {
            requireSafe("issuer", URI.create(issuer), local);
            Issuer named = new Issuer(issuer);
            OIDCProviderMetadata found = OIDCProviderMetadata.resolve(named, URI.create(issuer).toURL(), request -> bound(request, sockets), false);
            if (found.getAuthorizationEndpointURI() == null || found.getTokenEndpointURI() == null || found.getJWKSetURI() == null) {
                throw Said.wrong("sso.issuer", issuer, "the provider's description lacks the addresses for logins, tokens or keys", null);
            }
            requireSafe("authorization_endpoint", found.getAuthorizationEndpointURI(), local);
            requireSafe("token_endpoint", found.getTokenEndpointURI(), local);
            requireSafe("jwks_uri", found.getJWKSetURI(), local);
            requireSafe("userinfo_endpoint", found.getUserInfoEndpointURI(), local);
            requireSafe("end_session_endpoint", found.getEndSessionEndpointURI(), local);
            return new Provider(found, new ClientID(client), secret, sockets);
        } catch (IOException e) {
            throw Said.unreachable(issuer, e);
        } catch (GeneralException | IllegalArgumentException e) {
            throw Said.wrong("sso.issuer", issuer, "at " + issuer + " is no provider of that name: " + e.getMessage(), e);
        }
    }

    /** Between us, the browser and the provider nobody else must stand; on loopback nobody does. @param local whether that is permitted */
    public static boolean isSafe(URI address, boolean local) {
        String host = address.getHost();
        return host != null && address.getRawUserInfo() == null
                && ("https".equalsIgnoreCase(address.getScheme()) || local && "http".equalsIgnoreCase(address.getScheme()) && LOOPBACK.contains(host));
    }

    private static void requireSafe(String name, URI address, boolean local) throws BackupException {
        if (address != null && !isSafe(address, local)) {
            throw Said.wrong("sso.issuer", address.toString(), "the provider's " + name + " is " + address + ", which is no https address: what is secret would go there in clear", null);
        }
    }

    public URI authorize() {
        return metadata.getAuthorizationEndpointURI();
    }

    public URI token() {
        return metadata.getTokenEndpointURI();
    }

    /** How many keys it signs by. */
    public int keys() throws BackupException {
        try {
            return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null).size();
        } catch (JOSEException e) {
            throw Said.unreachable(metadata.getJWKSetURI().toString(), e);
        }
    }

    /** Where a browser asks the provider who it is. */
    public URI address(Attempt attempt, List<String> scopes) {
        Scope scope = new Scope("openid");
        scopes.forEach(scope::add);
        return new AuthenticationRequest.Builder(ResponseType.CODE, scope, client, attempt.back()).endpointURI(authorize()).state(attempt.state()).nonce(attempt.nonce())
                .codeChallenge(attempt.verifier(), CodeChallengeMethod.S256).build().toURI();
    }

    /** Where a browser tells the provider that its user leaves; empty if it can't. */
    public Optional<URI> leaving(URI back) {
        URI end = metadata.getEndSessionEndpointURI();
        return end == null ? Optional.empty() : Optional.of(new LogoutRequest(end, null, null, client, back, null, null).toURI());
    }

    /** @param issuer that the browser brought with the code; null: none @throws BackupException {@code sso.issuer} */
    public void requireIssuer(String issuer) throws BackupException {
        boolean told = metadata.supportsAuthorizationResponseIssuerParam();
        if (issuer == null ? told : !issuer.equals(metadata.getIssuer().getValue())) {
            throw Said.wrong("sso.issuer", String.valueOf(issuer), "the answer is not the provider's", null);
        }
    }

    /** @param claim that roles are given by @throws BackupException {@code sso.*}: it does not hold, or can't be asked */
    public Person person(String code, Attempt attempt, String claim) throws BackupException {
        try {
            OIDCTokenResponse tokens = tokens(new AuthorizationCodeGrant(new AuthorizationCode(code), attempt.back(), attempt.verifier()));
            IDTokenClaimsSet said = checked(tokens.getOIDCTokens().getIDToken(), attempt);
            Claims claims = new Claims(said.toJSONObject());
            String subject = said.getSubject().getValue();
            if (metadata.getUserInfoEndpointURI() != null) {
                claims = claims.with(more(tokens, subject));
            }
            return claims.person(subject, claim);
        } catch (IOException e) {
            throw Said.unreachable(metadata.getIssuer().getValue(), e);
        } catch (ParseException | IllegalArgumentException e) {
            throw Said.wrong("sso.token", "", "the provider's answer can't be read: " + e.getMessage(), e);
        }
    }

    private OIDCTokenResponse tokens(AuthorizationCodeGrant grant) throws IOException, ParseException, BackupException {
        TokenRequest request = (secret == null ? new TokenRequest.Builder(token(), client, grant) : new TokenRequest.Builder(token(), authentication(), grant)).build();
        TokenResponse response = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
        if (!response.indicatesSuccess()) {
            throw Said.wrong("sso.code", "", "the provider refuses the code: " + response.toErrorResponse().getErrorObject().getCode(), null);
        }
        return (OIDCTokenResponse) response.toSuccessResponse();
    }

    private ClientAuthentication authentication() {
        List<ClientAuthenticationMethod> ways = metadata.getTokenEndpointAuthMethods();
        boolean post = ways != null && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC) && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return post ? new ClientSecretPost(client, new Secret(secret)) : new ClientSecretBasic(client, new Secret(secret));
    }

    private IDTokenClaimsSet checked(JWT token, Attempt attempt) throws BackupException {
        try {
            return new IDTokenValidator(metadata.getIssuer(), client, new JWSVerificationKeySelector<>(SIGNATURES, keys), null).validate(token, attempt.nonce());
        } catch (BadJOSEException | JOSEException e) {
            throw Said.untrue(token, e, metadata.getIssuer().getValue(), client.getValue(), attempt.nonce().getValue());
        }
    }

    private Map<String, Object> more(OIDCTokenResponse tokens, String subject) throws IOException, ParseException, BackupException {
        UserInfoRequest request = new UserInfoRequest(metadata.getUserInfoEndpointURI(), tokens.getOIDCTokens().getBearerAccessToken());
        UserInfoResponse response = UserInfoResponse.parse(send(request.toHTTPRequest()));
        if (!response.indicatesSuccess() || response.toSuccessResponse().getUserInfo() == null) {
            return Map.of();
        }
        var info = response.toSuccessResponse().getUserInfo();
        if (!subject.equals(info.getSubject().getValue())) {
            throw Said.wrong("sso.subject", "", "the provider tells about somebody else", null);
        }
        return info.toJSONObject();
    }

    private HTTPResponse send(HTTPRequest request) throws IOException {
        return bound(request, sockets).send();
    }

    private static HTTPRequest bound(HTTPRequest request, OutwardSockets sockets) {
        request.setConnectTimeout(CONNECT_MS);
        request.setReadTimeout(READ_MS);
        request.setFollowRedirects(false);
        request.setSSLSocketFactory(sockets);
        return request;
    }
}

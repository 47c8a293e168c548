package org.azekura.transport.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.azekura.api.identity.Identity;

/** An identity as TLS wants it. */
final class Credential {

    /** What ALPN agrees on. */
    static final String PROTOCOL = "azekura/1";
    /** What is sent is sealed already; the shorter key costs less. */
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"};
    private static final String HOST = "host";

    private final Identity identity;
    private final Set<String> names;
    private final SSLContext context;

    Credential(Identity identity, Trust trust) throws GeneralSecurityException {
        this.identity = identity;
        this.names = Identity.names(identity.certificate());
        this.context = SSLContext.getInstance("TLSv1.3");
        context.init(new KeyManager[] {new OneKey(identity)}, new TrustManager[] {trust.manager(identity.authority())}, null);
        // Every handshake proves who is there. A session that is kept longer than a week gets no ticket; what has no address is not looked up.
        context.getServerSessionContext().setSessionTimeout(Integer.MAX_VALUE);
        context.getClientSessionContext().setSessionTimeout(Integer.MAX_VALUE);
        context.getServerSessionContext().setSessionCacheSize(1);
        context.getClientSessionContext().setSessionCacheSize(1);
    }

    Identity identity() {
        return identity;
    }

    /** What this host may be. */
    Set<String> names() {
        return names;
    }

    /** @param client whether this side dials */
    SSLEngine engine(boolean client) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setCipherSuites(SUITES);
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        parameters.setNeedClientAuth(!client);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Whatever is asked for, there is one key. */
    private static final class OneKey extends X509ExtendedKeyManager {

        private static final String[] ALIASES = {HOST};
        private final Identity identity;

        OneKey(Identity identity) {
            this.identity = identity;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return ALIASES.clone();
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return ALIASES.clone();
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return HOST;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return HOST;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return HOST;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return HOST;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {identity.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }
    }
}

package org.azekura.access.sso;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;

/** One login on its way: what the provider's answer has to fit to. @param back where the provider sends the browser */
public record Attempt(State state, Nonce nonce, CodeVerifier verifier, URI back) {

    public static Attempt of(URI back) {
        return new Attempt(new State(32), new Nonce(32), new CodeVerifier(), back);
    }
}

package org.azekura.access.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import java.util.List;
import org.azekura.api.access.Passkeys.Creation;
import org.azekura.api.access.Passkeys.Signature;
import org.azekura.api.catalog.Passkey;

/** Checks what devices made and signed. Who made the device is not asked (attestation is not looked at). Safe for any number of threads. */
public final class Ceremony {

    /** COSE algorithms that are taken, the dearest first: ES256, EdDSA, RS256. */
    public static final List<Long> KINDS = List.of(-7L, -8L, -257L);

    private final List<PublicKeyCredentialParameters> kinds = KINDS.stream()
            .map(kind -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(kind))).toList();
    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter keys = new AttestedCredentialDataConverter(converter);

    /** @throws Untrue nothing may be kept */
    public NewKey made(Creation creation, Expected expected) throws Untrue {
        try {
            AuthenticatorData<?> data = manager.verify(new RegistrationRequest(creation.attestation(), creation.clientData()),
                    new RegistrationParameters(server(expected), kinds, expected.verified(), true)).getAttestationObject().getAuthenticatorData();
            return new NewKey(data.getAttestedCredentialData().getCredentialId(), keys.convert(data.getAttestedCredentialData()), data.getSignCount(), data.isFlagBE());
        } catch (RuntimeException e) {
            throw untrue(e);
        }
    }

    /** @return what the device counted to @throws Untrue it was not this key, or not now and here */
    public long signed(Signature signature, Passkey by, Expected expected) throws Untrue {
        try {
            var kept = new CredentialRecordImpl(null, true, by.synced(), null, by.counter(), keys.convert(by.key()), null, null, null, null);
            return manager.verify(new AuthenticationRequest(signature.credential(), signature.device(), signature.clientData(), signature.signature()),
                    new AuthenticationParameters(server(expected), kept, List.of(by.credential()), expected.verified(), true)).getAuthenticatorData().getSignCount();
        } catch (RuntimeException e) {
            throw untrue(e);
        }
    }

    private static ServerProperty server(Expected expected) {
        return ServerProperty.builder().origin(Origin.create(expected.origin())).rpId(expected.host()).challenge(new DefaultChallenge(expected.challenge())).build();
    }

    /** The library throws what is no exception of its own for what is cut off or nested oddly, too: what comes from outside is no bug of ours. */
    private static Untrue untrue(RuntimeException e) {
        return new Untrue(switch (e) {
            case BadChallengeException _ -> "passkey.challenge";
            case BadOriginException _ -> "passkey.origin";
            case BadRpIdException _ -> "passkey.host";
            case BadSignatureException _ -> "passkey.signature";
            case MaliciousCounterValueException _ -> "passkey.counter";
            case UserNotVerifiedException _ -> "passkey.unverified";
            case VerificationException _ -> "passkey.invalid";
            case RuntimeException _ -> "passkey.unreadable";
        }, e);
    }
}

package org.azekura.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinCode;
import org.azekura.api.identity.JoinRequest;
import org.azekura.cli.contact.AnyCertificate;
import org.azekura.cli.contact.Contact;
import org.azekura.cli.contact.HttpsWay;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/**
 * The host's side of a join.
 *
 * @param appliance   its address
 * @param fingerprint that the appliance or its authority must have; null: the code alone says who it is
 */
record Joining(URI appliance, String fingerprint) {

    private static final String SIGN = "[^A-Za-z0-9._-]";

    /** @param name in the role that was asked for */
    record Outcome(Identity identity, String name) {

        /** With the server there. */
        Outcome at(Endpoint server) {
            return new Outcome(new Identity(identity.key(), identity.certificate(), identity.authority(), server), name);
        }
    }

    /** Nothing is kept here before it has all succeeded. */
    Outcome join(JoinCode code, HostRole role, String name, String host, Identity earlier, boolean replace) {
        try {
            KeyPair pair = HostKeys.generate();
            String own = host.replaceAll(SIGN, "-").replaceFirst("^[._-]+", "");
            JoinRequest request = new JoinRequest(code.id(), role, name, own.substring(0, Math.min(own.length(), 63)), pair.getPublic().getEncoded(),
                    earlier == null ? new byte[0] : earlier.certificate().getEncoded(), replace);
            AnyCertificate shown = new AnyCertificate();
            JoinAnswer.Signed signed = answer(ask(shown, request.sign(code, pair, earlier == null ? null : earlier.key())));
            if (!MessageDigest.isEqual(signed.proof(), signed.answer().proof(code.key(), request))) {
                throw stranger("what answers there does not know the code: somebody stands between this host and the appliance, or the address is wrong");
            }
            return accept(signed.answer(), pair, role, shown.seen());
        } catch (BackupException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CommandFailure(Exit.FAILED, "what " + appliance + " answers is none that can be joined: " + e.getMessage(), e);
        }
    }

    private CommandFailure stranger(String why) {
        return CommandFailure.unreachable(appliance + " is not the appliance expected: " + why, null);
    }

    /** An answer that got lost is asked for once more; the appliance knows the request again. */
    private JsonNode ask(AnyCertificate shown, JoinRequest.Signed request) {
        Rest rest = new Rest(new Contact(appliance, null, new HttpsWay(appliance, shown.context())));
        ObjectNode body = body(request);
        try {
            return rest.post("join", body);
        } catch (CommandFailure e) {
            if (e.exit() != Exit.UNREACHABLE) {
                throw e;
            }
            return rest.post("join", body);
        }
    }

    private static ObjectNode body(JoinRequest.Signed signed) {
        JoinRequest request = signed.request();
        ObjectNode body = Json.object().put("code", request.code()).put("role", request.role().word()).put("name", request.name())
                .put("host", request.host()).put("replace", request.replace());
        body.put("publicKey", base64(request.publicKey())).put("proof", base64(signed.proof())).put("possession", base64(signed.possession()));
        if (request.earlier().length > 0) {
            body.put("earlier", base64(request.earlier())).put("consent", base64(signed.consent()));
        }
        return body;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static JoinAnswer.Signed answer(JsonNode node) {
        return new JoinAnswer.Signed(new JoinAnswer(bytes(node, "certificate"), bytes(node, "authority"), Words.text(node, "name"),
                Words.text(node, "server"), Words.text(node, "appliance")), bytes(node, "proof"));
    }

    private static byte[] bytes(JsonNode node, String field) {
        return Base64.getDecoder().decode(Words.text(node, field));
    }

    private Outcome accept(JoinAnswer answer, KeyPair pair, HostRole role, String shown) throws BackupException, GeneralSecurityException {
        X509Certificate certificate = Identity.certificate(answer.certificate());
        X509Certificate authority = Identity.certificate(answer.authority());
        if (fingerprint != null && !fingerprint.equals(shown) && !fingerprint.equals(Identity.fingerprint(authority))) {
            throw stranger("it shows the certificate " + shown + " and its authority has " + Identity.fingerprint(authority) + ", expected " + fingerprint);
        }
        certificate.verify(authority.getPublicKey());
        if (!Arrays.equals(certificate.getPublicKey().getEncoded(), pair.getPublic().getEncoded())
                || !Identity.names(certificate).contains(role.peer(answer.name()))) {
            throw new IllegalArgumentException("its certificate is for " + Identity.names(certificate) + ", or for another key");
        }
        Endpoint server = answer.server().isEmpty() ? null : Endpoint.parse(answer.server()).at(host());
        return new Outcome(new Identity(pair.getPrivate(), certificate, authority, server), answer.name());
    }

    /** As an endpoint has it: without the brackets of an address. */
    private String host() {
        return appliance.getHost().replaceAll("[\\[\\]]", "");
    }
}

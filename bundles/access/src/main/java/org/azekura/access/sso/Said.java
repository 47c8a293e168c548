package org.azekura.access.sso;

import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.azekura.api.BackupException;
import org.azekura.api.access.OutwardSockets;

/** What is wrong with what a provider said, by name. */
final class Said {

    private Said() {}

    static BackupException wrong(String code, String subject, String message, Exception cause) {
        BackupException wrong = BackupException.operator(code, subject, message);
        return cause == null ? wrong : new BackupException(wrong.failure(), cause);
    }

    static BackupException unreachable(String where, Exception cause) {
        for (Throwable why = cause; why != null; why = why.getCause()) {
            if (why instanceof OutwardSockets.Near) {
                return wrong("sso.local", where, where + " is not asked: " + why.getMessage() + "; the setting localProvider of org.azekura.access would permit it", cause);
            }
        }
        return BackupException.network("sso.unreachable", where, "the provider at " + where + " does not answer: " + cause.getMessage() + "; check the address, the network and its certificate", cause);
    }

    /** That the token does not hold is known already; this only finds the word for it. */
    static BackupException untrue(JWT token, Exception why, String issuer, String client, String nonce) {
        String code;
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            code = why instanceof BadJWSException ? "sso.signature" : !issuer.equals(claims.getIssuer()) ? "sso.issuer" : !claims.getAudience().contains(client) ? "sso.audience"
                    : !nonce.equals(claims.getClaim("nonce")) ? "sso.nonce" : isPast(claims.getExpirationTime()) ? "sso.expired" : "sso.token";
        } catch (ParseException e) {
            code = "sso.token";
        }
        return wrong(code, "", "the provider's token does not hold: " + why.getMessage(), why);
    }

    private static boolean isPast(Date time) {
        return time != null && time.toInstant().isBefore(Instant.now());
    }
}

package org.azekura.server.enrol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Invitation;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.JoinCode;
import org.azekura.api.identity.JoinRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Codes by which hosts can join. Safe for any number of threads. */
final class Codes {

    static final int MAX_OPEN = 100;
    static final int MAX_FAILURES = 10;
    private static final int LONGEST_WORD = 63;
    private static final Logger log = LoggerFactory.getLogger(Codes.class);
    /** Until then somebody who comes too late is told so. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    /** In its place for a code that there is not: what a caller waits for must not tell whether there is one. */
    private final byte[] nobody = new byte[32];
    /** Wrong tries by id, of codes that there are; no more than those. */
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Codes(CatalogStore catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
        random.nextBytes(nobody);
    }

    /** Makes one; the caller has made sure that the name is free. */
    JoinCode make(CatalogEdit edit, HostRole role, String name, Instant expires) throws BackupException {
        Instant now = clock.instant();
        int open = 0;
        for (Invitation each : edit.invitations()) {
            if (each.expires().plus(REMEMBERED).isBefore(now)) {
                edit.deleteInvitation(each.id());
                failures.remove(each.id());
            } else if (each.holder() == null && each.expires().isAfter(now)) {
                open++;
            }
        }
        if (open >= MAX_OPEN) {
            throw BackupException.operator("enrolment.many", "", open + " codes are open, which is as many as may be; they end when they are used or expire");
        }
        JoinCode code = JoinCode.random(random);
        while (edit.invitation(code.id()).isPresent()) {
            code = JoinCode.random(random);
        }
        edit.putInvitation(new Invitation(code.id(), role, name, code.key(), expires, null));
        return code;
    }

    /**
     * The invitation that the caller has proved to hold.
     *
     * @throws BackupException {@code join.refused}; of a code that there is not as of a wrong proof
     */
    Invitation proven(JoinRequest.Signed signed) throws BackupException {
        JoinRequest request = signed.request();
        Invitation found = catalog.read(view -> view.invitation(request.code())).orElse(null);
        boolean knows = MessageDigest.isEqual(request.proof(found == null ? nobody : found.key()), signed.proof());
        if (found == null || !knows || failures.getOrDefault(found.id(), 0) >= MAX_FAILURES) {
            int tries = found == null ? 0 : failures.merge(found.id(), 1, (before, one) -> Math.min(before + one, MAX_FAILURES));
            log.warn("a host that calls itself {} gave code {} wrongly, {} of {} tries are used up", oneWord(request.host()), oneWord(request.code()),
                    tries, MAX_FAILURES);
            throw refused("the code is none of this appliance; look whether it was typed as it was shown, and to which appliance it belongs");
        }
        require(found, signed);
        return found;
    }

    /** Of what somebody says whom nobody knows. */
    private static String oneWord(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_WORD)).replaceAll("[^A-Za-z0-9._-]", "?");
    }

    /** @throws BackupException {@code join.refused} if it can't be used for this any more */
    void require(Invitation found, JoinRequest.Signed signed) throws BackupException {
        JoinRequest request = signed.request();
        if (found.holder() != null && !isRepeated(found, request)) {
            throw refused("the code was used already; each works once: azekura client enrol makes another");
        }
        if (!found.expires().isAfter(clock.instant())) {
            throw refused("the code was good until " + found.expires() + "; azekura client enrol makes another");
        }
        if (found.role() != null && found.role() != request.role()) {
            throw refused("the code is for a " + found.role().word() + ", not for a " + request.role().word());
        }
        if (found.name() != null && !request.name().isEmpty() && !found.name().equals(request.name())) {
            throw refused("the code is for the name " + found.name() + ", not for " + request.name());
        }
    }

    /** Whether the same request comes once more: its answer may have got lost. */
    static boolean isRepeated(Invitation invitation, JoinRequest request) {
        return invitation.holder() != null && MessageDigest.isEqual(invitation.holder(), holder(request));
    }

    static byte[] holder(JoinRequest request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(request.possession());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static BackupException refused(String why) {
        return BackupException.operator("join.refused", "", why);
    }
}

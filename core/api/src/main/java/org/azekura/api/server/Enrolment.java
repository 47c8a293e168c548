package org.azekura.api.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinRequest;
import org.osgi.annotation.versioning.ProviderType;

/** Which hosts belong to this appliance. Safe for any number of threads. */
@ProviderType
public interface Enrolment {

    /** A code is good for at most so long. */
    Duration LONGEST = Duration.ofDays(7);

    /**
     * Makes a code by which one host can join, once.
     *
     * @param role     that the host may have; null: whichever it says
     * @param name     of the host; null: it says its own
     * @param validity of the code
     * @throws BackupException {@code host.taken} if a host of that name has joined, {@code enrolment.many} if too many codes are open
     * @throws IllegalArgumentException if nothing can be called so, or the validity is none
     */
    Invitation enrol(HostRole role, String name, Duration validity) throws BackupException;

    /**
     * @param code        secret; it is not kept here
     * @param fingerprint SHA-256 of the certificate of this appliance's authority
     */
    record Invitation(String code, Instant expires, String fingerprint) {}

    /**
     * Takes a host in. Who asks need not be known otherwise: the code is the proof. The same request again is answered again.
     *
     * @throws BackupException {@code join.refused}: the code is not known, used, expired or for another role; {@code host.taken}: another
     *                         host has that name; {@code identity.*}: nothing was changed
     */
    JoinAnswer.Signed join(JoinRequest.Signed request) throws BackupException;

    /** By name, then role: all that ever joined or were seen. */
    List<Host> hosts() throws BackupException;

    /**
     * A host in one of its roles.
     *
     * @param lastSeen null before its first contact
     * @param version  of the program that it ran then, in its own words; null if it never said
     * @param expires  when its certificate ends; null if it has none
     * @param revoked  when it was revoked; null if it was not, or has joined again
     */
    record Host(HostRole role, String name, boolean connected, Instant lastSeen, String version, Instant expires, Instant revoked) {}

    /**
     * Trusts a host no longer: its certificates are worth nothing, here and on every storage node, its connections end, its jobs fail. What it
     * saved stays. It can be enrolled anew.
     *
     * @return what it was, like {@code client/web1}: all names in its certificates
     * @throws BackupException {@code host.unknown}; {@code revoke.refused} if it is this appliance's own
     */
    List<String> revoke(HostRole role, String name) throws BackupException;
}

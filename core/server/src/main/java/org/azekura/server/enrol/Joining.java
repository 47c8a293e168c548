package org.azekura.server.enrol;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.catalog.Invitation;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinRequest;
import org.azekura.server.host.TrustGroups;

/** Takes a host in that has a code: checks what it asks for, and makes its certificate. */
final class Joining {

    private final CatalogStore catalog;
    private final Codes codes;
    private final Certificates certificates;
    private final OwnIdentity own;

    Joining(CatalogStore catalog, Codes codes, Certificates certificates, OwnIdentity own) {
        this.catalog = catalog;
        this.codes = codes;
        this.certificates = certificates;
        this.own = own;
    }

    /** @param key of the code */
    record Joined(X509Certificate certificate, String name, byte[] key) {}

    /** @throws BackupException as {@link org.azekura.api.server.Enrolment#join}: nothing was changed */
    Joined join(JoinRequest.Signed signed) throws BackupException {
        Invitation invitation = codes.proven(signed);
        JoinRequest request = signed.request();
        PublicKey key = HostKeys.decode(request.publicKey());
        if (!HostKeys.verifies(key, request.possession(), signed.possession())) {
            throw Codes.refused("who asks does not have the private key that belongs to its public one");
        }
        String name = invitation.name() != null ? invitation.name() : request.name().isEmpty() ? request.host() : request.name();
        String peer = peer(request.role(), name);
        HostCertificate earlier = earlier(signed);
        if (earlier != null && !request.replace() && earlier.names().stream().anyMatch(each -> each.startsWith(request.role().word() + "/"))) {
            throw Codes.refused("this host has joined already, as " + String.join(" and ", earlier.names()));
        }
        Set<String> names = new TreeSet<>(Set.of(peer));
        if (earlier != null && !request.replace()) {
            names.addAll(earlier.names());
        }
        X509Certificate made = certificates.issue(key, names);
        catalog.write(edit -> {
            keep(edit, signed, earlier, peer, made);
            return null;
        });
        return new Joined(made, name, invitation.key());
    }

    private static String peer(HostRole role, String name) throws BackupException {
        try {
            return role.peer(name);
        } catch (IllegalArgumentException e) {
            throw BackupException.operator("host.invalid", name, e.getMessage());
        }
    }

    private void keep(CatalogEdit edit, JoinRequest.Signed signed, HostCertificate earlier, String peer, X509Certificate made) throws BackupException {
        JoinRequest request = signed.request();
        Invitation invitation = edit.invitation(request.code()).orElseThrow(() -> Codes.refused("the code is not known any more"));
        codes.require(invitation, signed);
        if (!Codes.isRepeated(invitation, request) && (earlier == null || !earlier.names().contains(peer))) {
            requireFree(edit, invitation, request.role(), peer);
        }
        certificates.keep(edit, made, peer);
        edit.putInvitation(invitation.usedBy(Codes.holder(request)));
        if (earlier != null && request.replace()) {
            edit.putCertificate(earlier.replaced(certificates.now()));
        }
        String name = peer.substring(peer.indexOf('/') + 1);
        if (request.role() == HostRole.CLIENT && edit.client(new ClientName(name)).isEmpty()) {
            edit.putClient(new Client(new ClientName(name), TrustGroups.random(), null, null));
        }
    }

    /**
     * A name is free if nobody has it. One that somebody had, or whose data are here, is only for a host that the operator named: no other
     * may become that one.
     */
    private void requireFree(CatalogView view, Invitation invitation, HostRole role, String peer) throws BackupException {
        String name = peer.substring(peer.indexOf('/') + 1);
        requireNobody(view, role, name);
        if (invitation.name() == null && isKnown(view, role, name)) {
            throw taken(name, "there was a " + role.word() + " " + name + " here before; if this is the same, enrol it by its name:"
                    + " azekura client enrol --name " + name + " --role " + role.word() + "; if not, join with another --name");
        }
    }

    /** @throws BackupException {@code host.taken} if a host has that name now */
    void requireNobody(CatalogView view, HostRole role, String name) throws BackupException {
        String peer = peer(role, name);
        if (own.names().contains(peer)) {
            throw taken(name, "this appliance itself is called " + name + "; join with another --name");
        }
        if (Standing.of(view, peer, certificates.now()) == Standing.VALID) {
            throw taken(name, "a " + role.word() + " " + name + " has joined already; if it is gone for good: azekura client revoke " + name + " --role "
                    + role.word() + "; else join with another --name");
        }
    }

    private static boolean isKnown(CatalogView view, HostRole role, String name) throws BackupException {
        return !Standing.named(view, role.peer(name)).isEmpty() || view.contacts().stream().anyMatch(contact -> contact.peer().equals(role.peer(name)))
                || switch (role) {
                    case CLIENT -> view.client(new ClientName(name)).isPresent();
                    case NODE -> view.pools().stream().anyMatch(pool -> pool.node().value().equals(name));
                };
    }

    private static BackupException taken(String name, String why) {
        return BackupException.operator("host.taken", name, why);
    }

    /** The certificate that the host has from us and that is good; null if there is none. */
    private HostCertificate earlier(JoinRequest.Signed signed) throws BackupException {
        JoinRequest request = signed.request();
        if (request.earlier().length == 0) {
            return null;
        }
        X509Certificate certificate = Identity.certificate(request.earlier());
        if (!isOurs(certificate)) {
            if (request.replace()) {
                return null;
            }
            throw Codes.refused("this host has joined another appliance; to have it leave that one, join with --replace");
        }
        if (!HostKeys.verifies(certificate.getPublicKey(), request.consent(), signed.consent())) {
            throw Codes.refused("who asks does not have the private key that belongs to the certificate it shows");
        }
        Instant now = certificates.now();
        List<HostCertificate> all = catalog.read(CatalogView::certificates);
        return all.stream().filter(each -> each.serial().equals(Identity.serial(certificate)) && Standing.isGood(each, now)).findAny().orElse(null);
    }

    private boolean isOurs(X509Certificate certificate) {
        try {
            certificate.verify(certificates.authority().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

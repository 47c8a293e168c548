package org.azekura.engine.snapshot;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import org.azekura.api.SnapshotId;

/** Manifests for a fuzzer to begin with. */
public final class ManifestSeeds {

    private ManifestSeeds() {}

    public static List<byte[]> plain() {
        return List.of(ManifestTest.manifest(null).encoded(), ManifestTest.manifest(new SnapshotId(3, 4)).encoded());
    }

    public static List<byte[]> signed() {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] manifest = plain().getLast();
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(keys.getPrivate());
            ed25519.update(manifest);
            return List.of(new SignedManifest(manifest, ed25519.sign(), keys.getPublic().getEncoded(), Instant.ofEpochSecond(5, 6)).encoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.azekura.engine.snapshot;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SnapshotId;

/** Manifests for a fuzzer to begin with. */
public final class ManifestSeeds {

    private ManifestSeeds() {}

    public static List<byte[]> plain() {
        return List.of(ManifestTest.manifest(null).encoded(), ManifestTest.manifest(new SnapshotId(3, 4)).encoded());
    }

    /** The sealed part, opened. */
    public static List<byte[]> details() {
        List<PathProblem> skipped = List.of(new PathProblem(RawPath.of("/x"), "gone", List.of(new PathProblem.Range(5, 128))),
                new PathProblem(RawPath.of("/y"), "denied"));
        return List.of(new Details(List.of(), List.of(), false, List.of()).encoded(), new Details(List.of(RawPath.of("/srv"), RawPath.of("/etc")),
                List.of(new Rule(false, Rule.Kind.GLOB, "*"), new Rule(true, Rule.Kind.LARGER, "9")), true, skipped).encoded());
    }

    public static byte[] detailsAgain(byte[] encoded) throws BackupException {
        return Details.parse(encoded).encoded();
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

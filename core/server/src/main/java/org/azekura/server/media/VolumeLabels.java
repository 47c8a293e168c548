package org.azekura.server.media;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.azekura.api.ApplianceId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;

/** The labels of a set's cartridges. The same facts have the same bytes, so that a label can be asked for twice. Thread-safe. */
public final class VolumeLabels {

    private static final int LONGEST_POOL = 52;

    private final Supplier<ApplianceId> appliance;
    private final SigningKey signer;

    public VolumeLabels(Supplier<ApplianceId> appliance, SigningKey signer) {
        this.appliance = appliance;
        this.signer = signer;
    }

    /** The name of a volume has 63 characters at most. */
    static String name(PoolName pool, int number) {
        String shown = pool.value().length() <= LONGEST_POOL ? pool.value() : pool.value().substring(0, LONGEST_POOL - 1) + "~";
        return shown + "-" + number;
    }

    /** One that nobody has yet. */
    static VolumeId fresh() {
        UUID random = UUID.randomUUID();
        return new VolumeId(random.getMostSignificantBits(), random.getLeastSignificantBits());
    }

    byte[] of(PendingVolume pending) {
        return sign(pending.volume(), pending.pool(), pending.label(), pending.barcode(), pending.made(), pending.set(), pending.number());
    }

    /** @throws NullPointerException if it is not known when the label was made */
    byte[] of(Volume volume) {
        return sign(volume.id(), volume.pool(), volume.label(), volume.barcode(), volume.labelled(), volume.set(), volume.number());
    }

    private byte[] sign(VolumeId id, PoolName pool, String name, String barcode, Instant made, VolumeId set, int number) {
        return new Label(id, appliance.get(), pool, name, barcode, made, signer.publicKey(), set, number).sign(signer.privateKey());
    }
}

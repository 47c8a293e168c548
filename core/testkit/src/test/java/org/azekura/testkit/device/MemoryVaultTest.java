package org.azekura.testkit.device;

import java.time.Duration;
import java.time.Instant;
import org.azekura.api.device.BlobStore;

class MemoryVaultTest implements BlobLockContract, BlobArchiveContract {

    private final MemoryVault vault = new MemoryVault(new MemoryStore());

    @Override
    public BlobStore store() {
        return vault;
    }

    @Override
    public Instant now() {
        return vault.now();
    }

    @Override
    public void pass(Duration time) {
        vault.pass(time);
    }

    @Override
    public void putCold(String key, byte[] content) throws Exception {
        Blobs.put(vault, key, content);
        vault.archive(key);
    }

    @Override
    public void bring() {
        vault.pass(MemoryVault.TIER.waiting());
    }

    @Override
    public void end() {
        vault.pass(KEPT.multipliedBy(3));
    }
}

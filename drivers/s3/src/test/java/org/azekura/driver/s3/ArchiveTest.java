package org.azekura.driver.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.azekura.api.device.BlobStore;
import org.azekura.testkit.device.BlobArchiveContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** No service at hand has an archive: this is the conversation as Amazon's manual has it, and shows that the driver says and understands that. */
class ArchiveTest implements BlobArchiveContract {

    private ScriptedArchive archive;
    private S3Store store;

    @BeforeEach
    void open() throws Exception {
        archive = new ScriptedArchive();
        store = new S3Store(Settings.at(archive.endpoint(), "backups", Map.of("packsClass", "GLACIER", "retrievalPrices", "Bulk 0 0.025, Standard 0.01 0.05, Expedited 0.03 10")));
    }

    @AfterEach
    void close() {
        store.close();
        archive.close();
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public void putCold(String key, byte[] content) {
        archive.put("azekura/cellar/" + key, content, "GLACIER");
    }

    @Override
    public void bring() {
        archive.bring(Instant.now().plus(Duration.ofDays(3)));
    }

    @Override
    public void end() {
        archive.end();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}

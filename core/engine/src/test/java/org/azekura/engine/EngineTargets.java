package org.azekura.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.pack.PackSource;
import org.azekura.engine.pack.PackTransit;
import org.azekura.engine.plan.PlanReader;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.Unsealer;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.ManifestSeeds;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.tape.TapeSeeds;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.PageSource;
import org.azekura.engine.tree.TreeReader;
import org.azekura.engine.tree.TreeSeeds;
import org.azekura.engine.register.RegisterSeeds;
import org.azekura.engine.volume.CheckpointSeeds;
import org.azekura.engine.volume.Label;
import org.azekura.testkit.fuzz.Target;

/** Every decoder of the engine. */
final class EngineTargets {

    private static final long CHUNK = 8L << 20;
    private static final ChunkId FIRST = new ChunkId(0, 0, 0, 0);

    private static final RecipientKey RECIPIENT = new RecipientKey(Seeded.bytes(new Random(1), RecipientKey.BYTES));

    private static PoolKeys opened;

    private EngineTargets() {}

    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.add(Target.of("label", "volume.quarantined", List.of(Golden.read("volume.label")), Label::parse).allocating(2 << 20, 100));
        all.add(Target.of("frame", "frame.corrupt", frames(), EngineTargets::frame).mended(EngineTargets::stampFrame));
        all.add(Target.of("pack index", "pack.corrupt", packs(), EngineTargets::index).mended(EngineTargets::mendPack)
                .alsoFailing(FormatVersion.CODE));
        // The scan may read a pack 16 times and some more: a bound of its own.
        all.add(Target.of("pack scan", "pack.corrupt", packs(), EngineTargets::scan).mended(EngineTargets::mendPack)
                .alsoFailing(FormatVersion.CODE).allocating(32 << 20, 100));
        all.add(Target.of("pack in transit", "pack.corrupt", packs(), EngineTargets::transit).mended(EngineTargets::mendPack)
                .alsoFailing(FormatVersion.CODE));
        all.add(Target.of("key ring", "keyring.corrupt", List.of(Golden.read("key.ring")), EngineTargets::keyRing).mended(EngineTargets::crcAtTheEnd)
                .alsoFailing("key.wrong").alsoFailing(FormatVersion.CODE).allocating(4 << 20, 100));
        all.add(Target.of("session key", "session.corrupt", List.of(Golden.read("session.key")), EngineTargets::sessionKey).alsoFailing("key.epoch")
                .allocating(4 << 20, 100));
        all.add(Target.of("recovery file", "recovery.corrupt", List.of(Golden.read("recovery.txt")), EngineTargets::recovery)
                .alsoFailing(FormatVersion.CODE).allocating(4 << 20, 200));
        all.add(Target.of("public key file", "publickey.corrupt", List.of(Golden.read("public.key")), EngineTargets::publicKey)
                .alsoFailing(FormatVersion.CODE).allocating(4 << 20, 200));
        all.add(Target.of("clear part", "tree.corrupt", new TreeSeeds().clearParts(), input -> PageRefs.parse(ByteBuffer.wrap(input))));
        all.add(Target.of("tree pages", "tree.corrupt", new TreeSeeds().runs(), EngineTargets::tree).alsoFailing("tree.missing"));
        all.add(Target.of("extent pages", "tree.corrupt", new TreeSeeds().extentRuns(), EngineTargets::extents).alsoFailing("tree.missing"));
        all.add(Target.of("entry", "entry.corrupt", new TreeSeeds().entries(), EngineTargets::entry));
        all.add(Target.of("plan", "plan.corrupt", new TreeSeeds().plans(), EngineTargets::plan).alsoFailing("entry.corrupt"));
        all.add(Target.of("manifest", "manifest.corrupt", ManifestSeeds.plain(), EngineTargets::manifest).alsoFailing(FormatVersion.CODE));
        all.add(Target.of("details", "manifest.corrupt", ManifestSeeds.details(),
                input -> assertArrayEquals(input, ManifestSeeds.detailsAgain(input), "another form of the same")));
        all.add(Target.of("signed manifest", "manifest.corrupt", ManifestSeeds.signed(), EngineTargets::signedManifest).mended(EngineTargets::crcAtTheEnd)
                .alsoFailing("manifest.signature").alsoFailing(FormatVersion.CODE).allocating(2 << 20, 100));
        // A page may say that it has 2 MiB, and then ends.
        all.add(Target.of("checkpoint", "checkpoint.corrupt", CheckpointSeeds.all(), CheckpointSeeds::check).mended(CheckpointSeeds::mend)
                .alsoFailing(FormatVersion.CODE).allocating(6 << 20, 200));
        // A page may say that it has 5 MiB, and then ends.
        all.add(Target.of("register", "register.corrupt", RegisterSeeds.all(), RegisterSeeds::check).mended(RegisterSeeds::mend)
                .alsoFailing(FormatVersion.CODE).allocating(6 << 20, 200));
        all.add(Target.of("tape block", "tape.corrupt", TapeSeeds.all(), TapeSeeds::check).mended(TapeSeeds::mend).alsoFailing(FormatVersion.CODE));
        all.add(Target.of("sealed chunk", "chunk.corrupt", frames(), EngineTargets::unseal).mended(EngineTargets::stampFrame).alsoFailing("frame.corrupt")
                .alsoFailing("chunk.key").allocating(2 * CHUNK, 100));
        return all;
    }

    private static List<byte[]> frames() {
        return List.of(Golden.read("zstd.frame"), Golden.read("stored.frame"));
    }

    private static List<byte[]> packs() {
        return List.of(Golden.read("data.pack"), Golden.read("tree.pack"));
    }

    private static void frame(byte[] input) throws BackupException {
        Frame frame = Frame.parse(ByteBuffer.wrap(input));
        assertEquals(input.length, frame.header().frameLength());
        assertEquals(ByteBuffer.wrap(input, 0, frame.header().encoded().length), ByteBuffer.wrap(frame.header().encoded()));
        assertEquals(frame.header().clearLength(), frame.clear().remaining());
        assertEquals(frame.header().sealedLength(), frame.sealed().remaining());
    }

    private static PackReader reader(byte[] pack) {
        return new PackReader(new PackSource() {
            @Override
            public long size() {
                return pack.length;
            }

            @Override
            public int read(long offset, ByteBuffer into) {
                int length = (int) Math.min(into.remaining(), Math.max(0, pack.length - offset));
                into.put(pack, (int) Math.min(offset, pack.length), length);
                return length;
            }
        });
    }

    private static void index(byte[] input) throws BackupException {
        within(reader(input).index(), input);
        if (reader(input).check().sound()) {
            assertEquals(reader(input).index().entries(), reader(input).scan().entries(), "a sound pack says the same in its index and its frames");
        }
    }

    private static void scan(byte[] input) throws BackupException {
        within(reader(input).scan(), input);
    }

    /** As the pack that it says it is, in two pieces; what passes is sound. */
    private static void transit(byte[] input) throws BackupException {
        PackId id = input.length < 32 ? new PackId(1, 2) : PackId.read(ByteBuffer.wrap(input, 16, PackId.BYTES));
        PackTransit transit = new PackTransit(id, input.length);
        transit.take(ByteBuffer.wrap(input, 0, input.length / 2));
        transit.take(ByteBuffer.wrap(input, input.length / 2, input.length - input.length / 2));
        transit.end();
        assertEquals(id, reader(input).index().pack());
    }

    private static void within(PackIndex index, byte[] pack) throws BackupException {
        long at = 0;
        for (IndexEntry entry : index.entries()) {
            assertTrue(entry.offset() >= at && entry.offset() + entry.length() <= pack.length, () -> entry + " in " + pack.length);
            assertEquals(entry.length(), reader(pack).frame(entry.offset(), entry.length()).remaining());
            at = entry.offset() + entry.length();
        }
    }

    private static void keyRing(byte[] input) throws BackupException {
        KeyRing ring = KeyRing.parse(input);
        assertArrayEquals(input, ring.encoded());
        ring.recipients();
        PoolKeys keys = ring.unlock(RECIPIENT);
        assertEquals(32, keys.idKey().length);
    }

    /** Once: to open a ring takes milliseconds. */
    private static synchronized PoolKeys keys() throws BackupException {
        if (opened == null) {
            opened = KeyRing.parse(Golden.read("key.ring")).unlock(RECIPIENT);
        }
        return opened;
    }

    private static void sessionKey(byte[] input) throws BackupException {
        keys().session(input);
    }

    private static void recovery(byte[] input) throws BackupException {
        RecoveryFile file = RecoveryFile.parse(new String(input, UTF_8));
        assertEquals(file, RecoveryFile.parse(file.text()));
    }

    private static void publicKey(byte[] input) throws BackupException {
        Recipient recipient = Recipient.parse(new String(input, UTF_8));
        assertEquals(recipient, Recipient.parse(recipient.text()));
    }

    /** The input is a run of pages, the first on top. */
    private static void tree(byte[] input) throws BackupException {
        PageSource source = source(TreeSeeds.pages(input, 0));
        TreeReader reader = new TreeReader(source);
        List<Entry> entries = new ArrayList<>();
        reader.entries(FIRST, null, entries::add);
        for (int i = 0; i < entries.size(); i += 1 + entries.size() / 20) {
            Entry entry = entries.get(i);
            assertEquals(entry, EntryCodec.decode(EntryCodec.encode(entry)));
            assertEquals(entry, reader.find(FIRST, entry.name()));
        }
    }

    /** The input is the number of extents (8) and a run of pages. */
    private static void extents(byte[] input) throws BackupException {
        long count = input.length < 8 ? 1 : Math.max(1, ByteBuffer.wrap(input).getLong());
        // A short list of pages may rightly say that a file has 2^60 extents: here the first are enough.
        int[] budget = {5000};
        new TreeReader(source(TreeSeeds.pages(input, 8))).extents(new Entry.Content.Paged(FIRST, count, null), extent -> {
            if (--budget[0] < 0) {
                throw BackupException.corrupt("tree.missing", "", "enough");
            }
        });
    }

    private static PageSource source(List<Page> pages) {
        return id -> {
            if (pages.isEmpty()) {
                throw BackupException.corrupt("tree.missing", id.toString(), "no page " + id);
            }
            return id.equals(FIRST) ? pages.getFirst() : TreeSeeds.named(pages, id);
        };
    }

    private static void entry(byte[] input) throws BackupException {
        assertArrayEquals(input, EntryCodec.encode(EntryCodec.decode(input)), "another form of the same");
    }

    /** A path may be told in several ways; it must come back. */
    private static void plan(byte[] input) throws BackupException {
        List<RestorePlan.Part> parts = new ArrayList<>();
        new PlanReader().read(input, TreeSeeds.PLANNED, parts::add);
        List<RestorePlan.Part> again = new ArrayList<>();
        new PlanReader().read(new PlanWriter().parts(parts, TreeSeeds.PLANNED), TreeSeeds.PLANNED, again::add);
        assertEquals(parts, again);
    }

    private static void manifest(byte[] input) throws BackupException {
        assertArrayEquals(input, Manifest.parse(input).encoded(), "another form of the same");
    }

    private static void signedManifest(byte[] input) throws BackupException {
        SignedManifest signed = SignedManifest.parse(input);
        assertArrayEquals(input, signed.encoded(), "another form of the same");
        signed.verified();
    }

    private static void unseal(byte[] input) throws BackupException {
        Frame frame = Frame.parse(ByteBuffer.wrap(input));
        byte[] plain = Unsealer.open(frame, keys().session(Golden.read("session.key")).chunkKey(frame.header().id()));
        assertEquals(frame.header().plainLength(), plain.length);
    }

    private static byte[] stampFrame(byte[] input) {
        if (input.length >= Frame.HEADER_BYTES) {
            Frame.stamp(ByteBuffer.wrap(input));
        }
        return input;
    }

    private static byte[] crcAtTheEnd(byte[] input) {
        return crc(input, 0, input.length - 4, input.length - 4);
    }

    private static byte[] crc(byte[] input, int from, int to, int at) {
        if (from >= 0 && to >= from && at >= 0 && to <= input.length && at + 4 <= input.length) {
            CRC32C crc = new CRC32C();
            crc.update(input, from, to - from);
            ByteBuffer.wrap(input).putInt(at, (int) crc.getValue());
        }
        return input;
    }

    /** Header and index, as far as the lengths make sense, and where the trailer says the index is. */
    private static byte[] mendPack(byte[] input) {
        ByteBuffer pack = ByteBuffer.wrap(input);
        int trailer = input.length - 52;
        if (trailer < 12) {
            return input;
        }
        int header = pack.getInt(8);
        if (header >= 16 && header <= input.length) {
            crc(input, 0, header - 4, header - 4);
        }
        for (int at = trailer - 8; at >= 0; at--) {
            if (pack.getInt(at) == (0x415a4900 | FormatVersion.FIRST)) {
                pack.putInt(trailer, 0x415a5400 | FormatVersion.FIRST).putLong(trailer + 4, at).putInt(trailer + 12, trailer - at);
                crc(input, at, trailer, trailer + 16);
                break;
            }
        }
        return input;
    }
}

package org.azekura.extract;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.azekura.api.ByteSize;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;

/** What anybody may know of volumes, without a key: for people, or as the first part of a JSON document. */
record Facts(Media media) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** The ids of the keys that open the newest key ring. */
    List<String> keys() {
        return media.rings().stream().limit(1).map(KeyRing::recipients).flatMap(List::stream).map(Recipient::id).toList();
    }

    void print(PrintStream out) {
        for (Volume volume : media.volumes()) {
            List<Media.Pack> packs = packs(volume);
            out.printf("volume %s: %s%d packs, %s, in %s%n", volume.name(), volume.label() == null ? "" : "pool " + volume.label().pool() + ", ",
                    packs.size(), ByteSize.format(bytes(packs)), volume.where());
        }
        out.println("opens with key: " + (keys().isEmpty() ? "not known, no key ring can be read" : String.join(" or ", keys())));
        out.println();
        out.printf("%-32s  %-19s  %-16s %-16s %10s %10s%n", "SNAPSHOT", "TIME", "CLIENT", "SAVE SET", "FILES", "SIZE");
        for (Saved saved : media.snapshots()) {
            out.printf("%s  %s  %-16s %-16s %,10d %10s%n", saved.id(), TIME.format(saved.received()), saved.client(), saved.saveSet(), saved.files(),
                    ByteSize.format(saved.bytes()));
        }
    }

    /** Volumes that lie in those that were named. */
    static void printCopies(List<Volume> copies, PrintStream out) {
        for (Volume copy : copies) {
            out.printf("copies of pool %s: volume %s, in %s%n", copy.label().pool(), copy.name(), copy.where());
        }
    }

    /** A field of an object that was begun, if there are any. */
    static void writeCopies(List<Volume> copies, JsonGenerator json) throws IOException {
        if (copies.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("copies");
        for (Volume copy : copies) {
            json.writeStartObject();
            json.writeStringField("pool", copy.label().pool().value());
            json.writeStringField("folder", copy.where());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private List<Media.Pack> packs(Volume volume) {
        return media.packs().stream().filter(pack -> pack.volume() == volume).toList();
    }

    private static long bytes(List<Media.Pack> packs) {
        return packs.stream().mapToLong(pack -> Math.max(0, pack.size())).sum();
    }

    /** Fields of an object that was begun. */
    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("volumes");
        for (Volume volume : media.volumes()) {
            write(volume, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("keys");
        for (String key : keys()) {
            json.writeString(key);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("packs");
        for (Media.Pack pack : (Iterable<Media.Pack>) Stream.of(media.packs()).flatMap(List::stream)::iterator) {
            json.writeStartObject();
            json.writeStringField("pack", pack.id().toString());
            json.writeStringField("volume", pack.volume().name());
            json.writeStringField("kind", pack.kind() == null ? null : pack.kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("size", pack.size());
            json.writeNumberField("chunks", pack.chunks());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("snapshots");
        for (Saved saved : media.snapshots()) {
            write(saved, json);
        }
        json.writeEndArray();
    }

    private void write(Volume volume, JsonGenerator json) throws IOException {
        List<Media.Pack> packs = packs(volume);
        json.writeStartObject();
        json.writeStringField("label", volume.label() == null ? null : volume.label().name());
        json.writeStringField("volume", volume.label() == null ? null : volume.label().volume().toString());
        json.writeStringField("pool", volume.label() == null ? null : volume.label().pool().value());
        json.writeStringField("appliance", volume.label() == null ? null : volume.label().appliance().toString());
        json.writeStringField("barcode", volume.label() == null ? null : volume.label().barcode());
        json.writeStringField("made", volume.label() == null ? null : volume.label().made().toString());
        json.writeStringField("path", volume.where());
        json.writeNumberField("packs", packs.size());
        json.writeNumberField("bytes", bytes(packs));
        json.writeEndObject();
    }

    private static void write(Saved saved, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", saved.id().toString());
        json.writeStringField("client", saved.client());
        json.writeStringField("saveSet", saved.saveSet());
        json.writeStringField("pool", saved.pool());
        json.writeStringField("time", saved.received().toString());
        json.writeNumberField("files", saved.files());
        json.writeNumberField("bytes", saved.bytes());
        json.writeEndObject();
    }
}

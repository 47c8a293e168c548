package org.azekura.storagenode.cartridge.set;

import java.util.List;
import java.util.Map;
import org.azekura.storagenode.cartridge.blob.BlobPlace;

/**
 * What became of one step of a cartridge's leaving its set.
 *
 * @param left   it is no member any more: nothing on it is needed, and its label may be overwritten
 * @param blobs  that were copied, read back, or whose deletion was written again
 * @param bytes  of them
 * @param rest   bytes that are still to be copied, about
 * @param places where blobs lie that were copied, in that order
 * @param stuck  blobs that can't be read and keep it; some of them
 */
public record Leave(boolean left, int blobs, long bytes, long rest, Map<String, BlobPlace> places, List<String> stuck) {

    static final Leave LEFT = new Leave(true, 0, 0, 0, Map.of(), List.of());
}

package org.azekura.engine.seal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;
import org.azekura.engine.pack.Codec;
import org.azekura.engine.pack.Frame;

/** Opens sealed chunks. */
public final class Unsealer {

    private Unsealer() {}

    /**
     * Opens one chunk.
     *
     * @return its plain bytes, exactly as many as the frame's header says
     * @throws BackupException {@code chunk.key} if the seal does not open with this key, which after a frame's checksum was found good
     *                         means another key or a forged frame; {@code chunk.corrupt} if what was sealed is not what the header says
     */
    public static byte[] open(Frame frame, byte[] chunkKey) throws BackupException {
        String id = frame.header().id().toString();
        if (chunkKey.length != Gcm.KEY_BYTES) {
            throw BackupException.operator("chunk.key", id, "chunk " + id + ": a key of " + chunkKey.length + " bytes, expected "
                    + Gcm.KEY_BYTES);
        }
        byte[] packed;
        try {
            byte[] nonce = take(frame.sealed(), 0, Gcm.NONCE_BYTES);
            byte[] clear = take(frame.clear(), 0, frame.clear().remaining());
            ByteBuffer sealed = frame.sealed().slice(Gcm.NONCE_BYTES, frame.sealed().remaining() - Gcm.NONCE_BYTES);
            packed = Gcm.opening(chunkKey, nonce, frame.header().encoded(), clear).open(sealed);
        } catch (AEADBadTagException e) {
            throw BackupException.corrupt("chunk.key", id, "chunk " + id + ": the seal of session " + frame.header().session()
                    + " does not open with the key given");
        }
        return frame.header().codec() == Codec.STORED ? packed : decompress(id, packed, frame.header().plainLength());
    }

    private static byte[] decompress(String id, byte[] packed, int length) throws BackupException {
        byte[] plain = new byte[length];
        long found;
        try {
            found = Zstd.decompressByteArray(plain, 0, length, packed, 0, packed.length);
        } catch (ZstdException e) {
            throw BackupException.corrupt("chunk.corrupt", id, "chunk " + id + ": it does not decompress to " + length + " bytes: "
                    + e.getMessage());
        }
        if (found != length) {
            throw BackupException.corrupt("chunk.corrupt", id, "chunk " + id + ": " + found + " bytes, expected " + length);
        }
        return plain;
    }

    private static byte[] take(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(from.position() + at, bytes);
        return bytes;
    }
}

package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.azekura.api.device.Drive.Signpost;

/** Where something lies, as the memory of a cartridge says it: the last that was written, and the one before. The package's Javadoc has the grammar. */
final class Post {

    static final int AT = 1600;
    private static final int CHECKED = Long.BYTES + Signpost.MOST;
    private static final int ONE = CHECKED + Integer.BYTES;
    static final int BYTES = 2 * ONE;

    private Post() {}

    static ByteBuffer encode(Signpost now, Optional<Signpost> before) {
        ByteBuffer all = ByteBuffer.allocate(BYTES);
        put(all.slice(0, ONE), now);
        before.ifPresent(post -> put(all.slice(ONE, ONE), post));
        return all;
    }

    private static void put(ByteBuffer to, Signpost post) {
        byte[] of = post.of().getBytes(StandardCharsets.US_ASCII);
        // One more: all zeros are nothing.
        to.putLong(post.object() + 1).put(of, 0, Math.min(of.length, Signpost.MOST));
        to.putInt(CHECKED, Checksum.of(to.slice(0, CHECKED)));
    }

    /** Empty if there is nothing, or what there is has not its checksum. @param which 0 for the last, 1 for the one before */
    static Optional<Signpost> decode(byte[] bytes, int which) {
        ByteBuffer one = ByteBuffer.wrap(bytes).slice(which * ONE, ONE);
        if (one.getLong(0) <= 0 || one.getInt(CHECKED) != Checksum.of(one.slice(0, CHECKED))) {
            return Optional.empty();
        }
        byte[] of = new byte[Signpost.MOST];
        one.get(Long.BYTES, of);
        return Optional.of(new Signpost(new String(of, StandardCharsets.US_ASCII).replaceFirst("(?s)\0.*", ""), one.getLong(0) - 1));
    }
}

package org.azekura.cli.mount;

import java.util.ArrayList;
import java.util.List;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.engine.plan.PlanReader;

/** What the client answers to a question: an error, or a body in the grammar of {@code org.azekura.client.mount}. */
record Reply(int errno, byte[] body) {

    /** @param more whether others come behind the last */
    record Items(List<Item> items, boolean more) {}

    /** Takes a reply; called once, on the thread that reads the connection or where it is closed. */
    @FunctionalInterface
    interface Taker {
        void take(Reply reply);
    }

    Items items() throws BackupException {
        ByteBuffer in = ByteBuffer.wrap(body);
        boolean more = in.get() != 0;
        int count = in.getInt();
        long[] stored = new long[count];
        int[] names = new int[count];
        for (int i = 0; i < count; i++) {
            stored[i] = in.getLong();
            names[i] = in.getInt();
        }
        List<Item> items = new ArrayList<>(count);
        if (count > 0) {
            new PlanReader().read(Arrays.copyOfRange(body, in.position(), body.length), List.of(),
                    part -> items.add(new Item(part.entry(), stored[items.size()], names[items.size()])));
        }
        return new Items(items, more);
    }
}

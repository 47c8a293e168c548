package org.azekura.engine.tree;

import org.azekura.engine.octets.ByteOutput;

/** What an upper page keeps of a child, so that a reader can pass it by. */
sealed interface Mark {

    /** This part, then that one, taken together. */
    Mark then(Mark next);

    void write(ByteOutput out);

    /** The child's last name. */
    record LastName(byte[] name) implements Mark {

        @Override
        public Mark then(Mark next) {
            return next;
        }

        @Override
        public void write(ByteOutput out) {
            out.block(name);
        }
    }

    /** How many extents and bytes of the file the child stands for. */
    record Span(long extents, long bytes) implements Mark {

        @Override
        public Mark then(Mark next) {
            Span more = (Span) next;
            return new Span(extents + more.extents, Math.addExact(bytes, more.bytes));
        }

        @Override
        public void write(ByteOutput out) {
            out.uint(extents);
            out.uint(bytes);
        }
    }
}

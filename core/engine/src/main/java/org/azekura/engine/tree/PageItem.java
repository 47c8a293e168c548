package org.azekura.engine.tree;

import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.octets.ByteOutput;

/** One thing in a page: an entry or an extent at the bottom, a child page above. */
sealed interface PageItem {

    /** What says where it is; the cut behind it is decided by this. */
    byte[] key();

    void write(ByteOutput out, RefOutput refs);

    /** What the page above keeps of a child page that ends with this item. */
    Mark mark();

    record Named(Entry entry, ByteOutput scratch) implements PageItem {

        @Override
        public byte[] key() {
            return entry.name();
        }

        @Override
        public void write(ByteOutput out, RefOutput refs) {
            out.block(entry.name());
            scratch.truncate(0);
            EntryForm.write(entry, scratch, refs);
            out.block(scratch);
        }

        @Override
        public Mark mark() {
            return new Mark.LastName(entry.name());
        }
    }

    record Run(Extent extent) implements PageItem {

        @Override
        public byte[] key() {
            ByteOutput key = new ByteOutput(64);
            ExtentForm.write(extent, key, RefOutput.FULL);
            return key.toBytes();
        }

        @Override
        public void write(ByteOutput out, RefOutput refs) {
            ExtentForm.write(extent, out, refs);
        }

        @Override
        public Mark mark() {
            return new Mark.Span(1, extent.length());
        }
    }

    record Child(Mark mark, ChunkId page) implements PageItem {

        @Override
        public byte[] key() {
            return switch (mark) {
                case Mark.LastName last -> last.name();
                case Mark.Span span -> page.bytes();
            };
        }

        @Override
        public void write(ByteOutput out, RefOutput refs) {
            refs.put(out, page, ChunkKind.TREE);
            mark.write(out);
        }
    }
}

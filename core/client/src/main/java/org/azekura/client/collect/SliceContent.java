package org.azekura.client.collect;

import java.util.List;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;

/** A small file: a slice of a segment. */
final class SliceContent implements PendingContent {

    /** Null as soon as it is not needed: all names of the segment hang on it. */
    private SegmentName segment;
    private final int slice;
    private final int offset;
    private final int length;
    private Entry.Content content;

    SliceContent(SegmentName segment, int offset, int length) {
        this.segment = segment;
        this.slice = segment.add(offset, length);
        this.offset = offset;
        this.length = length;
    }

    @Override
    public boolean ready() {
        return content != null || segment.id() != null;
    }

    @Override
    public Entry.Content content() {
        if (content == null) {
            content = new Entry.Content.Inline(List.of(new Extent(segment.id(), offset, length)), segment.hash(slice));
            segment = null;
        }
        return content;
    }
}
